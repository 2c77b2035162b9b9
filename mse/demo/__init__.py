"""Demonstration data: one year of a region.

The real use cases write them. Production refuses to load them.
"""

from mse.demo.canaris import CANARIS

__all__ = ["CANARIS"]
