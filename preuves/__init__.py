"""Full-size proofs of durability, outside the test suite: `python3 run.py preuves`."""
