"""Public interface of `mse.impressions` for higher capabilities, with its models and queries."""

from mse.impressions.use_cases import demander_impression

__all__ = ["demander_impression"]
