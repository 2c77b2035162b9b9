"""The repères that a higher capability shows on pages of fiches."""

from collections.abc import Callable, Sequence
from typing import Any

from mse.fiches.models import Fiche

# Repères linked to a fiche id, and what already holds for a thème in a territoire: the capability above
# registers its own in `mse/app.py`.
REPERES_DE: list[Callable[[int], Sequence[Any]]] = []
REPERES_POUR: list[Callable[[str, str], Any]] = []


def list_reperes(fiche: Fiche) -> list[Any]:
    """Return the published repères linked to a fiche; no query if the fiche has none."""
    if not fiche.nombre_reperes:
        return []
    return [repere for query in REPERES_DE for repere in query(fiche.id)]


def get_deja_regle(fiche: Fiche) -> Any:
    """Return what already holds for the thème and the territoire of a fiche, or None."""
    if not fiche.theme_code:
        return None
    found = (query(fiche.theme_code, fiche.territoire_code) for query in REPERES_POUR)
    return next((deja for deja in found if deja), None)
