"""Limits of the masking of passages."""

from datetime import timedelta

MOTS_MIN, MOTS_MAX = 2, 300  # characters
GARDE = timedelta(days=365)  # how long the originals are kept: 12 months
