"""Public interface of `mse.doublons` for higher capabilities, with its models and queries."""

from mse.doublons.queries.proches import Proche, proches

__all__ = ["Proche", "proches"]
