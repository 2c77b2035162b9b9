"""Queries of the Atom feeds."""
