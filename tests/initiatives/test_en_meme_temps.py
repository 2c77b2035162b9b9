"""Concurrent use cases on initiatives: counts stay exact and one porteur always remains."""

from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from devtools.factories import Monde, make_initiative
from mse.comptes.models import Compte
from mse.core.errors import TransitionInterdite
from mse.extensions import db
from mse.fiches.models import Fiche
from mse.initiatives.models import DemandePortage, Initiative, InitiativeFiche, Porteur
from mse.initiatives.use_cases import (
    accepter_portage,
    ajouter_porteur,
    decliner_portage,
    demander_portage,
    lier_fiche,
    participer,
    proposer_initiative,
    quitter_portage,
    retirer_demande,
)
from mse.representation.models import Promotion
from tests.concurrency import get, together

pytestmark = pytest.mark.parametrize("app", ["postgresql"], indirect=True)


@pytest.fixture
def initiative(monde: Monde) -> Initiative:
    return make_initiative(monde.promotion, monde.samira)


def test_le_dernier_porteur_reste(app: Flask, monde: Monde, initiative: Initiative) -> None:
    """Both porteurs leave at once. The second one is refused, so that one porteur remains."""
    ajouter_porteur(initiative, monde.autre_promotion, par=monde.animatrice)
    samira, lea = monde.samira.id, monde.lea.id
    un, autre = (porteur.id for porteur in initiative.porteurs)
    premier, second = together(
        app,
        lambda: quitter_portage(get(Porteur, un), par=get(Compte, samira)),
        lambda: quitter_portage(get(Porteur, autre), par=get(Compte, lea)),
    )
    assert premier is None
    assert isinstance(second, TransitionInterdite)
    assert [porteur.id for porteur in get(Initiative, initiative.id).porteurs_actuels] == [autre]


def test_un_double_clic_n_ajoute_qu_un_porteur(app: Flask, monde: Monde, initiative: Initiative) -> None:
    quoi, qui, anouk = initiative.id, monde.autre_promotion.id, monde.animatrice.id

    def clic() -> None:
        ajouter_porteur(get(Initiative, quoi), get(Promotion, qui), par=get(Compte, anouk))

    assert together(app, clic, clic) == [None, None]
    assert len(get(Initiative, quoi).porteurs_actuels) == 2


def test_un_double_clic_n_est_qu_une_demande(app: Flask, monde: Monde, initiative: Initiative) -> None:
    quoi, qui, lea = initiative.id, monde.autre_promotion.id, monde.lea.id

    def clic() -> None:
        demander_portage(get(Initiative, quoi), get(Promotion, qui), par=get(Compte, lea))

    assert together(app, clic, clic) == [None, None]
    assert len(db.session.scalars(select(DemandePortage.id)).all()) == 1


@pytest.mark.parametrize("contraire", [decliner_portage, retirer_demande])
def test_une_demande_n_a_qu_une_issue(
    app: Flask, monde: Monde, initiative: Initiative, contraire: Any
) -> None:
    """A request is accepted and declined or withdrawn at the same time: the first decision counts."""
    demander_portage(initiative, monde.autre_promotion, par=monde.lea)
    quoi, samira, karim, lea = initiative.id, monde.samira.id, monde.karim.id, monde.lea.id
    une = db.session.scalars(select(DemandePortage.id)).one()

    def autre() -> None:
        if contraire is retirer_demande:
            retirer_demande(get(DemandePortage, une), par=get(Compte, lea))
        else:
            decliner_portage(get(DemandePortage, une), "Nous sommes déjà nombreux.", par=get(Compte, karim))

    premier, second = together(
        app, lambda: accepter_portage(get(DemandePortage, une), par=get(Compte, samira)), autre
    )
    assert premier is None
    assert isinstance(second, TransitionInterdite)
    assert len(get(Initiative, quoi).porteurs_actuels) == 2


def test_chaque_participant_est_compte(app: Flask, monde: Monde, initiative: Initiative) -> None:
    quoi, lea, karim = initiative.id, monde.lea.id, monde.karim.id
    assert together(
        app,
        lambda: participer(get(Initiative, quoi), par=get(Compte, lea)),
        lambda: participer(get(Initiative, quoi), par=get(Compte, karim)),
    ) == [None, None]
    assert get(Initiative, quoi).nombre_participants == 2


def test_chaque_initiative_qui_repond_a_une_fiche_est_comptee(app: Flask, monde: Monde) -> None:
    une, autre = (make_initiative(monde.promotion, monde.samira).id for _ in "ab")
    fiche, samira = monde.fiche.id, monde.samira.id
    assert together(
        app,
        lambda: lier_fiche(get(Initiative, une), get(Fiche, fiche), par=get(Compte, samira)),
        lambda: lier_fiche(get(Initiative, autre), get(Fiche, fiche), par=get(Compte, samira)),
    ) == [None, None]
    assert set(db.session.scalars(select(InitiativeFiche.initiative_id))) == {une, autre}
    assert get(Fiche, fiche).nombre_initiatives == 2


def test_un_double_clic_ne_propose_qu_une_initiative(app: Flask, monde: Monde) -> None:
    cle, promotion, samira = str(uuid4()), monde.promotion.id, monde.samira.id
    textes = {"titre": "Covoiturage", "description": "Un tableau des trajets.", "besoins": "Un tableau."}

    def clic() -> None:
        porteur, par = get(Promotion, promotion), get(Compte, samira)
        proposer_initiative(cle=cle, porteur=porteur, theme_code="transport", par=par, **textes)

    assert together(app, clic, clic) == [None, None]
    assert len(db.session.scalars(select(Initiative.id)).all()) == 1
