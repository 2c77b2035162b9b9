"""Requests for a mailed link. Neither the response nor its time reveals whether an account exists."""

from collections.abc import Callable
from typing import Any

from mse.comptes.appareils import INCONNU, Appareil
from mse.comptes.events import LienDemande, ReinitialisationDemandee
from mse.comptes.queries import get_compte_par_courriel
from mse.comptes.rate_limits import SignInLimits
from mse.core.events import notify_observers
from mse.core.rate_limit import Limit, count_or_refuse
from mse.core.use_cases import record, use_case
from mse.extensions import db

Demande = type[LienDemande] | type[ReinitialisationDemandee]


def demander_lien(
    courriel: str, *, adresse: str | None, frein: SignInLimits, appareil: Appareil = INCONNU
) -> None:
    """Request a sign-in link, even while passwords are
    rate-limited for that account. Raises `TooManyAttempts`."""
    _demander(LienDemande, frein.de_lien, courriel, adresse=adresse, appareil=appareil)


def demander_reinitialisation(
    courriel: str, *, adresse: str | None, frein: SignInLimits, appareil: Appareil = INCONNU
) -> None:
    """Request a link to choose a new password. Raises `TooManyAttempts`."""
    _demander(
        ReinitialisationDemandee, frein.de_reinitialisation, courriel, adresse=adresse, appareil=appareil
    )


@use_case
def _demander(
    demande: Demande,
    limites: Callable[..., list[Limit]],
    courriel: str,
    *,
    appareil: Appareil,
    **demandeur: Any,
) -> None:
    """Count the request, then record the event if the account exists.

    Without an account, write the same rows and roll them back, so that the number of statements is the same.
    """
    compte = get_compte_par_courriel(courriel)
    count_or_refuse(limites(compte, courriel, marque=appareil.marque(compte), **demandeur))
    with db.session.begin_nested() as savepoint:
        db.session.connection()  # sends SAVEPOINT, which is omitted if no statement follows
        if compte is not None and compte.est_ouvert:
            record(demande(compte_id=compte.id, par_id=None))
        else:
            notify_observers([demande(compte_id=0, par_id=None)])
            savepoint.rollback()
