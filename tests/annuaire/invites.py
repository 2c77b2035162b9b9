"""Nora, whom Nadège has invited."""

from sqlalchemy import select

from mse.comptes.invites import inviter
from mse.comptes.models import Compte
from mse.core.use_cases import use_case
from mse.extensions import db
from mse.journal.models import LigneJournal

NORA = "nora@exemple.fr"


def invite(courriel: str | None = NORA, prenom: str = "Nora", par: Compte | None = None) -> Compte:
    return use_case(inviter)(prenom=prenom, nom="Fictive", courriel=courriel, par=par)


def actions() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(LigneJournal.action)))
