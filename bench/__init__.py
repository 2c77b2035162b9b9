"""Measures: what a page costs, against a bare Flask page on the same server. `python3 run.py bench`."""
