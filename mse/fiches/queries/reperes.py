"""What already holds for a thème in a territoire, shown to people who write a fiche or an answer."""

from collections.abc import Callable
from typing import Any

from mse.fiches.models import Fiche

# The capability above registers its own in `mse/app.py`.
REPERES_POUR: list[Callable[[str, str], Any]] = []


def get_deja_regle(fiche: Fiche) -> Any:
    """Return what already holds for the thème and the territoire of a fiche, or None."""
    if not fiche.theme_code:
        return None
    found = (query(fiche.theme_code, fiche.territoire_code) for query in REPERES_POUR)
    return next((deja for deja in found if deja), None)
