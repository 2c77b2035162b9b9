"""Merge and separate fiches, look for probable duplicates."""
