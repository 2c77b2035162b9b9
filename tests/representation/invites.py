"""Nora, who was invited and has not come."""

from sqlalchemy import select

from mse.annuaire.models import Acteur
from mse.annuaire.use_cases.agents import accueillir_agent
from mse.comptes.invites import inviter
from mse.comptes.models import Compte
from mse.core.use_cases import use_case
from mse.extensions import db
from mse.journal.models import LigneJournal

NORA = "nora@exemple.fr"


def invite(courriel: str | None = NORA, prenom: str = "Nora", par: Compte | None = None) -> Compte:
    return use_case(inviter)(prenom=prenom, nom="Fictive", courriel=courriel, par=par)


def invite_agente(acteur: Acteur, *, par: Compte, referent: bool = False) -> Compte:
    """The same Nora, invited to work for `acteur`."""
    return accueillir_agent(
        acteur, prenom="Nora", nom="Fictive", courriel=NORA, referent=referent, par=par
    ).compte


def actions() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(LigneJournal.action)))
