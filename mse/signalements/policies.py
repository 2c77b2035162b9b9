"""Who decides on reports."""

from typing import Any

from mse.comptes.models import Compte
from mse.fiches.policies import est_animateur

__all__ = ["est_animateur", "peut_decider"]


def peut_decider(compte: Compte | None, _page: Any) -> bool:
    """An animateur."""
    return est_animateur(compte)
