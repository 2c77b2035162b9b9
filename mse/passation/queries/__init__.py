"""Queries of the handover."""
