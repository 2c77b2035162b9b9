"""Benchmark of each page against a bare Flask page on the same server: `python3 run.py bench`."""
