"""Queries on quarters: the answers that were due, the stored figures, the reports sent."""
