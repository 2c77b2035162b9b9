"""Queries of fiches: lists, pages and routing."""
