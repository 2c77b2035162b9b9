"""Quarterly figures of each acteur, acteurs in difficulty, reports."""
