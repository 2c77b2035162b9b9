"""Queries on repères."""
