"""Queries of posters and share pictures."""
