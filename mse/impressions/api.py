"""Public interface of `mse.impressions` for higher capabilities, with its models and queries."""

from mse.impressions.documents import add_impression, effacer_impressions
from mse.impressions.use_cases import demander_impression

__all__ = ["add_impression", "demander_impression", "effacer_impressions"]
