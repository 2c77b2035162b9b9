"""Mails of private messages: the other side alone reads the text."""

from typing import Any
from uuid import uuid4

import pytest

from devtools.factories import Monde
from mse.core.clock import today
from mse.echanges.use_cases import ecrire_message
from mse.extensions import db
from mse.moderation.use_cases import retirer_fiche
from tests.notifications.conftest import addresses, take_mails

pytestmark = pytest.mark.usefixtures("jour")
QUESTION = "À quelle heure part le **premier** car ?"
MOTIF = "Cette fiche nomme une personne, nous la retirons."


def ecrire(monde: Monde, par: Any, **options: Any) -> list[Any]:
    take_mails()
    assert ecrire_message(monde.saisine, QUESTION, cle=str(uuid4()), par=par, **options) == []
    return take_mails()


def test_les_delegues_lisent_la_question_et_le_nom_du_service(monde: Monde) -> None:
    mails = ecrire(monde, monde.agent, attend=True)
    assert addresses(mails) == {monde.samira.courriel, monde.karim.courriel}
    for un in mails:
        assert "À quelle heure part le premier car" in un.texte
        assert "<strong>premier</strong>" in un.html
        assert f"/saisines/{monde.saisine.id}/echanges" in un.texte
        assert "Le délai est suspendu" in un.texte
        assert "Service Cars régionaux" in un.sujet
        assert "Ada" not in un.texte + un.html


def test_les_agents_lisent_le_message_et_la_boite_seulement_qu_il_y_en_a_un(monde: Monde) -> None:
    mails = {un.destinataire: un for un in ecrire(monde, monde.samira)}
    assert set(mails) == {monde.transports.courriel, monde.agent.courriel, monde.referent.courriel}
    boite = mails.pop(monde.transports.courriel)
    for un in mails.values():
        assert "Samira, délégué·e," in un.texte
        assert "premier car" in un.texte
    for mot in ("À quelle heure", "Samira"):
        assert mot not in boite.texte + boite.html


def test_l_animation_ne_recoit_pas_le_message_d_un_acteur_que_personne_ne_lit(monde: Monde) -> None:
    monde.transports.courriel = None
    for appartenance in monde.transports.appartenances:
        appartenance.fin = today()
    db.session.commit()
    assert ecrire(monde, monde.samira) == []


def test_une_fiche_retiree_entre_temps_ne_previent_personne(monde: Monde) -> None:
    take_mails()
    ecrire_message(monde.saisine, QUESTION, cle=str(uuid4()), par=monde.agent)
    retirer_fiche(monde.fiche, MOTIF, par=monde.animatrice)
    assert not any(un.evenement == "message_envoye" for un in take_mails())
