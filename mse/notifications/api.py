"""Public interface of `mse.notifications` for higher capabilities, with its models, events, queries,
policies."""

from mse.notifications.libelles import CAUSES, COURRIELS, Cause, read_code

__all__ = ["CAUSES", "COURRIELS", "Cause", "read_code"]
