"""Public interface of `mse.notifications`, with its models, events, queries, policies."""

from mse.notifications.libelles import CAUSES, COURRIELS, Cause, read_code

__all__ = ["CAUSES", "COURRIELS", "Cause", "read_code"]
