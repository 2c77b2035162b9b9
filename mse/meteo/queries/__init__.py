"""Queries of the weather: facts to count, stored figures to display."""
