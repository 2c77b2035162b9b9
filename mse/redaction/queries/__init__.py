"""Queries of answer templates and drafts."""
