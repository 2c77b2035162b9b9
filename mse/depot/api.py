"""Public interface of `mse.depot` for higher capabilities, with its events and queries."""

from mse.depot.a_cote import ACote
from mse.depot.limites import PARTIE_MAX

__all__ = ["PARTIE_MAX", "ACote"]
