"""Asking for a mail that opens the door. Nobody learns whether an account exists, by words or by time."""

import secrets

from mse.comptes.events import LienDemande, ReinitialisationDemandee
from mse.comptes.models import Compte
from mse.comptes.queries import get_compte_par_courriel
from mse.comptes.use_cases.freiner import Frein, TropDEssais, compter
from mse.core.clock import now
from mse.core.events import dispatch
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
    """The same work as for an account, taken back: the time says nothing."""
    with db.session.begin_nested() as savepoint:
        nobody = Compte(
            prenom="Personne", nom="Personne", courriel=f"{secrets.token_hex(16)}@exemple.fr", cree_le=now()
        )
        db.session.add(nobody)
        db.session.flush()
        dispatch(demande(compte_id=nobody.id, par_id=None))
        db.session.flush()
        savepoint.rollback()
