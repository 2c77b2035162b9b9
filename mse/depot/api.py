"""Public interface of `mse.depot` for higher capabilities, with its events and queries."""

from mse.depot.limites import PARTIE_MAX

__all__ = ["PARTIE_MAX"]
