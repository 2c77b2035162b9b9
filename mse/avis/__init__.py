"""Verdicts of delegates on answers, and requests to reopen."""
