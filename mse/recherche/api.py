"""Public interface of `mse.recherche` for higher capabilities, with its models and queries."""

from mse.recherche.use_cases import index_due, request_all

__all__ = ["index_due", "request_all"]
