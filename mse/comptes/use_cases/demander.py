"""Asking for a mail that opens the door. Nobody learns whether an account exists, by words or by time."""

from mse.comptes.events import LienDemande, ReinitialisationDemandee
from mse.comptes.queries import get_compte_par_courriel
from mse.comptes.use_cases.freiner import Frein, TropDEssais, compter
from mse.core.events import witness
from mse.core.use_cases import record, use_case
from mse.extensions import db

Demande = type[LienDemande] | type[ReinitialisationDemandee]


def demander_lien(courriel: str, *, adresse: str | None, frein: Frein) -> None:
    """A link that signs in, even while passwords are refused for that account. Raises `TropDEssais`."""
    _demander(LienDemande, "lien", courriel, adresse=adresse, frein=frein.pour_les_liens())


def demander_reinitialisation(courriel: str, *, adresse: str | None, frein: Frein) -> None:
    """A link that leads to a new password. Raises `TropDEssais`."""
    frein = frein.pour_les_reinitialisations()
    _demander(ReinitialisationDemandee, "reinitialisation", courriel, adresse=adresse, frein=frein)


@use_case
def _demander(demande: Demande, sorte: str, courriel: str, *, adresse: str | None, frein: Frein) -> None:
    """One transaction in both cases: the count commits, with or without a mail."""
    essai = compter(frein.cles_de_demande(sorte, courriel, adresse), frein)
    if essai.attente:
        raise TropDEssais(essai.attente)
    compte = get_compte_par_courriel(courriel)
    if compte is not None and compte.est_ouvert:
        record(demande(compte_id=compte.id, par_id=None))
    else:
        _pretend(demande)


def _pretend(demande: Demande) -> None:
    """What is written for an account, taken back: the time says nothing."""
    with db.session.begin_nested() as savepoint:
        witness([demande(compte_id=0, par_id=None)])
        savepoint.rollback()
