"""Public interface of `mse.signalements`, with its models, events, queries and policies."""

from typing import Any

from mse.masquage.api import locate
from mse.signalements.libelles import RAISONS
from mse.signalements.models import Signalement
from mse.signalements.workflow import Raison

__all__ = ["RAISONS", "Raison", "get_endpoint"]


def get_endpoint(signalement: Signalement) -> tuple[str, dict[str, Any]]:
    """Return the endpoint of the page where animateurs decide on a report, and its URL arguments."""
    return f"signalements.decider_{signalement.sujet}", locate(signalement.sujet, signalement.page_id)[1]
