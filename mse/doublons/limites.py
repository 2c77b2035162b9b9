"""Limits of merges."""

GROUPE_MAX = 50  # fiches in one group, which one page shows
