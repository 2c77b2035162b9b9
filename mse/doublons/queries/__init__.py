"""The nearest fiches, merged fiches, probable duplicates."""
