"""Public interface of `mse.reperes` for higher capabilities, with its models, events, queries, policies."""

from mse.reperes.libelles import STATUTS
from mse.reperes.workflow import StatutRepere

__all__ = ["STATUTS", "StatutRepere"]
