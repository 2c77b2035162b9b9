"""What the capabilities above use of e-mails besides models, events, queries and policies."""

from mse.notifications.libelles import CAUSES, COURRIELS, Cause, read_code

__all__ = ["CAUSES", "COURRIELS", "Cause", "read_code"]
