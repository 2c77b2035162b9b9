"""Who follows one of two merged fiches hears of both; the delegates of both are told."""

from typing import Any

import pytest
from sqlalchemy import select

from devtools.factories import LONGUE, Monde, make_compte
from mse.core.clock import now
from mse.doublons.use_cases.reunir import reunir, separer
from mse.extensions import db
from mse.fiches.models import Fiche
from mse.fiches.use_cases.traiter import repondre_saisine
from mse.notifications.models import Notification
from mse.suivis.models import Suivi
from mse.suivis.queries.nouvelles import list_nouvelles
from mse.suivis.workflow import Objet
from tests.courriels import write_mails
from tests.doublons.test_reunir import file_another
from tests.suivis.test_suivre import suit

pytestmark = pytest.mark.usefixtures("jour")


@pytest.fixture
def autre(monde: Monde) -> Fiche:
    fiche = file_another(monde, destinataires=[monde.transports.id])
    write_mails()
    return fiche


def told(compte: Any) -> set[tuple[str, int | None]]:
    write_mails()
    db.session.rollback()
    query = select(Notification).where(Notification.compte_id == compte.id)
    return {(une.evenement, une.fiche_id) for une in db.session.scalars(query)}


def test_qui_suit_l_une_entend_parler_des_deux(monde: Monde, autre: Fiche) -> None:
    lucie, paul = make_compte("Lucie"), make_compte("Paul")
    suit(lucie, "fiche", monde.fiche.id)
    suit(paul, "fiche", autre.id)
    reunir(autre.id, monde.fiche.id, par=monde.animatrice)
    debut = now()
    repondre_saisine(db.session.get_one(Fiche, autre.id).saisines[0], LONGUE, par=monde.agent)
    repondre_saisine(db.session.get_one(Fiche, monde.fiche.id).saisines[0], LONGUE + "Oui.", par=monde.agent)
    deux = {("nouvelle_suivie", autre.id), ("nouvelle_suivie", monde.fiche.id)}
    assert told(lucie) == deux
    assert told(paul) == deux
    for une in list_nouvelles(debut.replace(year=2000), now()):
        if une.cle[1] is not None:
            assert {(Objet.FICHE, autre.id), (Objet.FICHE, monde.fiche.id)} <= une.objets


def test_une_separation_rend_a_chacune_les_siens(monde: Monde, autre: Fiche) -> None:
    paul = make_compte("Paul")
    suit(paul, "fiche", autre.id)
    reunir(autre.id, monde.fiche.id, par=monde.animatrice)
    separer(autre.id, par=monde.animatrice)
    repondre_saisine(db.session.get_one(Fiche, monde.fiche.id).saisines[0], LONGUE, par=monde.agent)
    assert told(paul) == set()
    assert db.session.scalar(select(Suivi.fiche_id).where(Suivi.compte_id == paul.id)) == autre.id


def test_un_bouton_arrete_les_deux(monde: Monde, autre: Fiche, as_: Any) -> None:
    paul = make_compte("Paul")
    suit(paul, "fiche", autre.id)
    reunir(autre.id, monde.fiche.id, par=monde.animatrice)
    suit(paul, "fiche", autre.id)  # the page is that of the main fiche
    navigateur, page = as_(paul), f"/fiches/{monde.fiche.id}"
    assert "Ne plus suivre" in navigateur.get(page).text
    navigateur.poster("/mon-compte/suivis", page=page, retour=page)
    assert db.session.scalar(select(Suivi.id)) is None


def test_le_flux_d_un_doublon_mene_a_celui_des_deux(monde: Monde, autre: Fiche, client: Any) -> None:
    repondre_saisine(autre.saisines[0], "Réponse au doublon. " + LONGUE, par=monde.agent)
    reunir(autre.id, monde.fiche.id, par=monde.animatrice)
    reponse = client.get(f"/fiches/{autre.id}.atom")
    assert (reponse.status_code, reponse.location) == (302, f"/fiches/{monde.fiche.id}.atom")
    flux = client.get(reponse.location).text
    assert "Réponse au doublon" in flux
    assert autre.probleme not in flux or monde.fiche.probleme in flux


def test_les_delegues_des_deux_sont_prevenus(monde: Monde, autre: Fiche) -> None:
    reunir(autre.id, monde.fiche.id, par=monde.animatrice)
    assert ("fiche_reunie", autre.id) in told(monde.lea)
    assert ("fiche_reunie", monde.fiche.id) in told(monde.samira)
    separer(autre.id, par=monde.animatrice)
    assert ("fiche_separee", autre.id) in told(monde.lea)
    assert ("fiche_separee", monde.fiche.id) in told(monde.karim)
