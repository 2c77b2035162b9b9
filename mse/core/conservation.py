"""Registry of retention terms: each capability declares in its `conservation.py` what it keeps for a limited
time and how it deletes it. One nightly job runs all of them; the public page of personal data lists them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Terme:
    """Something that is kept for a limited time.

    nom: key in the reports; never changes.
    quoi, duree: what it is and how long it is kept, as people read it (lazy texts).
    oublier: use case that deletes what is older, a bounded number of rows; returns how many. Run again until
        it returns 0.
    """

    nom: str
    quoi: Any
    duree: Any
    oublier: Callable[[], int]


_TERMES: dict[str, Terme] = {}


def declare(termes: Iterable[Terme]) -> None:
    """Register the terms of a capability. To register them again replaces them."""
    for terme in termes:
        _TERMES[terme.nom] = terme


def list_termes() -> list[Terme]:
    """Return the declared terms, in the order in which `mse/worker_tasks.py` adds them."""
    return list(_TERMES.values())
