"""Demonstration data: one year of a region, written through the real use cases. Refused in production."""

from mse.demo.canaris import CANARIS

__all__ = ["CANARIS"]
