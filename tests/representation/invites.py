"""An invited person, Nora, whose account is not activated."""

import pytest
from sqlalchemy import select

from devtools.factories import Monde, make_agent, make_promotion
from mse.annuaire.models import Acteur
from mse.annuaire.use_cases.agents import accueillir_agent
from mse.comptes.invites import inviter
from mse.comptes.models import Compte
from mse.core.use_cases import use_case
from mse.extensions import db
from mse.journal.models import LigneJournal
from mse.representation.models import RoleMandat
from mse.representation.use_cases.mandats import ouvrir_mandat

NORA = "nora@exemple.fr"


def invite(courriel: str | None = NORA, prenom: str = "Nora", par: Compte | None = None) -> Compte:
    return use_case(inviter)(prenom=prenom, nom="Fictive", courriel=courriel, par=par)


def invite_agente(acteur: Acteur, *, par: Compte, referent: bool = False) -> Compte:
    """Invite Nora as an agent of `acteur`."""
    return accueillir_agent(
        acteur, prenom="Nora", nom="Fictive", courriel=NORA, referent=referent, par=par
    ).compte


def actions() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(LigneJournal.action)))


@pytest.fixture
def nadege(monde: Monde) -> Compte:
    """An agent of the organisme Lavande Formation."""
    return make_agent(monde.lavande, "Nadege")


@pytest.fixture
def nora(monde: Monde, nadege: Compte) -> Compte:
    """The elected délégué·e of a new promotion of Nadège's organisme. Her account is not activated."""
    compte = invite(par=nadege)
    ouvrir_mandat(compte, make_promotion(monde.lavande, "Pâtissier"), RoleMandat.TITULAIRE, par=nadege)
    return compte
