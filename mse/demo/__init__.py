"""The demonstration: one year of a region, told through the real use cases. Never loaded in production."""

from mse.demo.canaris import CANARIS

__all__ = ["CANARIS"]
