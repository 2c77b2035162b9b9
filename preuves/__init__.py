"""The full figures of the promise of durability, outside the tests: `python3 run.py preuves`."""
