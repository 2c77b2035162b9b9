"""The nightly job: run the deletions that all capabilities have declared (`mse.core.conservation`)."""

import logging

from mse.core.clock import midnight, today
from mse.core.conservation import Terme, list_termes
from mse.core.use_cases import rehearsal
from mse.donnees_personnelles.queries import has_purge_since
from mse.donnees_personnelles.use_cases import ecrire_rapport

logger = logging.getLogger(__name__)


def purger_la_nuit() -> None:
    """Worker task: run once a local day, as soon as the worker runs on that day."""
    if not has_purge_since(midnight(today())):
        purger()


def purger() -> dict[str, int | None]:
    """Delete what is older than its term and store the report. Return the number of rows by term; None where
    the deletion failed, which does not stop the others. Idempotent: a second run deletes nothing more."""
    comptes = {terme.nom: _try(terme) for terme in list_termes()}
    ecrire_rapport(comptes)
    return comptes


def essayer() -> dict[str, int | None]:
    """Dry run: count what `purger` would delete, by running it and rolling all of it back."""
    comptes: dict[str, int | None] = {}
    with rehearsal():
        for terme in list_termes():
            comptes[terme.nom] = _exhaust(terme)
    return comptes


def _try(terme: Terme) -> int | None:
    try:
        return _exhaust(terme)
    except Exception:
        logger.exception("the deletion of %s failed", terme.nom)
        return None


def _exhaust(terme: Terme) -> int:
    """Run a deletion until nothing is left: each run is a short transaction, so that others can write."""
    total = 0
    while nombre := terme.oublier():
        total += nombre
    return total
