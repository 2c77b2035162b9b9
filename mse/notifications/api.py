"""Public interface of `mse.notifications` for higher capabilities, besides its models, events, queries and policies."""

from mse.notifications.libelles import CAUSES, COURRIELS, Cause, read_code

__all__ = ["CAUSES", "COURRIELS", "Cause", "read_code"]
