"""Queries of class fiches."""
