"""Queries of the Atom feeds, and of what people follow."""
