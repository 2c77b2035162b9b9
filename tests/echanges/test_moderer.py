"""A reader reports a message; an animateur reads that message alone, and may mask it."""

from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from devtools.factories import Monde
from mse.core.errors import Interdit, TransitionInterdite
from mse.core.files import Envoi
from mse.echanges.models import Message, PieceMessage
from mse.echanges.use_cases import ecrire_message, laisser_message, masquer_message, signaler_message
from mse.extensions import db
from tests.espace import compter, lire
from tests.fichiers import photo
from tests.notifications.conftest import addresses, take_mails

pytestmark = pytest.mark.usefixtures("jour")
INSULTE, AUTRE = "CANARI-INSULTE", "CANARI-AUTRE"
RAISON = "Ce message insultait quelqu’un."


@pytest.fixture
def message(monde: Monde) -> Message:
    envois = [Envoi("arret.jpg", BytesIO(photo()))]
    assert ecrire_message(monde.saisine, INSULTE, cle=str(uuid4()), envois=envois, par=monde.agent) == []
    assert ecrire_message(monde.saisine, AUTRE, cle=str(uuid4()), par=monde.samira) == []
    return db.session.scalars(select(Message).where(Message.texte == INSULTE)).one()


def test_l_animatrice_lit_le_message_signale_et_aucun_autre(monde: Monde, message: Message, as_: Any) -> None:
    with pytest.raises(Interdit):
        masquer_message(message, RAISON, par=monde.animatrice)
    take_mails()
    for _clic in range(2):
        signaler_message(message, par=monde.samira)
    mails = take_mails()
    assert addresses(mails) == {monde.animatrice.courriel}
    assert INSULTE not in mails[0].texte
    url = f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}/echanges"
    page = as_(monde.animatrice).get(f"{url}/messages/{message.id}/masquage").text
    assert INSULTE in page
    assert AUTRE not in page
    assert as_(monde.animatrice).get(url).status_code == 403


def test_masquer_efface_le_texte_et_les_fichiers(monde: Monde, message: Message, as_: Any) -> None:
    signaler_message(message, par=monde.samira)
    with pytest.raises(Interdit):
        masquer_message(message, RAISON, par=monde.agent)
    for _clic in range(2):
        masquer_message(message, RAISON, par=monde.animatrice)
    with pytest.raises(TransitionInterdite):
        masquer_message(message, "Une autre raison que la première.", par=monde.animatrice)
    assert db.session.scalars(select(PieceMessage)).all() == []
    url = f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}/echanges"
    for qui in (monde.samira, monde.agent):
        page = as_(qui).get(url).text
        assert INSULTE not in page
        assert RAISON in page
    assert not any(INSULTE in un.texte for un in take_mails())


def test_qui_ne_lit_pas_l_echange_ne_signale_rien(monde: Monde, message: Message) -> None:
    for qui in (monde.lea, monde.animatrice, monde.admin, monde.autre_agent, monde.ancienne):
        with pytest.raises(Interdit):
            signaler_message(message, par=qui)


def test_le_message_signale_attend_l_equipe_jusqu_a_sa_decision(
    monde: Monde, message: Message, as_: Any
) -> None:
    url = f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}/echanges/messages/{message.id}/masquage"
    assert not lire(monde.animatrice)["examiner"]
    signaler_message(message, par=monde.samira)
    assert compter(monde.animatrice).total == 1
    page = as_(monde.animatrice).get("/mon-espace").text
    assert url in page
    assert INSULTE not in page
    for qui in (monde.admin, monde.agent, monde.samira):
        assert not lire(qui)["examiner"]
    masquer_message(message, RAISON, par=monde.animatrice)
    assert compter(monde.animatrice).total == 0


def test_laisser_clot_le_signalement_et_garde_le_message(monde: Monde, message: Message, as_: Any) -> None:
    with pytest.raises(Interdit):
        laisser_message(message, par=monde.animatrice)  # nobody reported it
    signaler_message(message, par=monde.samira)
    for qui in (monde.agent, monde.samira, monde.admin):
        with pytest.raises(Interdit):
            laisser_message(message, par=qui)
    url = f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}/echanges"
    animatrice = as_(monde.animatrice)
    assert "Laisser ce message" in animatrice.get(f"{url}/messages/{message.id}/masquage").text
    maintien, masquage = (f"{url}/messages/{message.id}/{acte}" for acte in ("maintien", "masquage"))
    assert animatrice.get(maintien).location == masquage
    for _clic in range(2):
        assert animatrice.poster(maintien, masquage).location == "/mon-espace"
    assert not lire(monde.animatrice)["examiner"]
    signaler_message(message, par=monde.samira)  # the team has read it
    assert not lire(monde.animatrice)["examiner"]
    for qui in (monde.agent, monde.samira):
        page = as_(qui).get(url).text
        assert INSULTE in page
        assert "Signalé, puis lu et laissé par l’équipe d’animation." in page
    masquer_message(message, RAISON, par=monde.animatrice)  # the team may change its mind
    with pytest.raises(TransitionInterdite):
        laisser_message(message, par=monde.animatrice)
