"""Understand a search, find the documents, load what results show."""
