"""Queries of open data. Each list takes its ids from the query of the public page."""
