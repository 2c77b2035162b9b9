"""Fiches: problems that delegates report, their owners and their answers."""
