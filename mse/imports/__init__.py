"""Imports from files: dry run, review, report."""
