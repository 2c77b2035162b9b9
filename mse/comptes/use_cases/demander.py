"""Asking for a mail that opens the door. Nobody learns whether an account exists, by words or by time."""

from collections.abc import Callable
from typing import Any

from mse.comptes.appareils import INCONNU, Appareil
from mse.comptes.events import LienDemande, ReinitialisationDemandee
from mse.comptes.queries import get_compte_par_courriel
from mse.comptes.rate_limits import Frein
from mse.core.events import witness
from mse.core.rate_limit import Limit, count_or_refuse
from mse.core.use_cases import record, use_case
from mse.extensions import db

Demande = type[LienDemande] | type[ReinitialisationDemandee]


def demander_lien(courriel: str, *, adresse: str | None, frein: Frein, appareil: Appareil = INCONNU) -> None:
    """A link that signs in, even while passwords are refused for that account. Raises `TropDEssais`."""
    _demander(LienDemande, frein.de_lien, courriel, adresse=adresse, appareil=appareil)


def demander_reinitialisation(
    courriel: str, *, adresse: str | None, frein: Frein, appareil: Appareil = INCONNU
) -> None:
    """A link that leads to a new password. Raises `TropDEssais`."""
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
    """One transaction in both cases: the count commits, with or without a mail."""
    compte = get_compte_par_courriel(courriel)
    count_or_refuse(limites(compte, courriel, marque=appareil.marque(compte), **demandeur))
    if compte is not None and compte.est_ouvert:
        record(demande(compte_id=compte.id, par_id=None))
    else:
        _pretend(demande)


def _pretend(demande: Demande) -> None:
    """What is written for an account, taken back: the time says nothing."""
    with db.session.begin_nested() as savepoint:
        witness([demande(compte_id=0, par_id=None)])
        savepoint.rollback()
