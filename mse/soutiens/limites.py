"""Limits of soutiens."""

PERSONNES_MAX = 100_000
