"""Mails about what the class has sent: grouped, at most one a day, and they quote nothing."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from devtools.factories import JOUR, Monde
from mse.classe.use_cases.contribuer import signer
from mse.classe.use_cases.effacer import annoncer_attentes
from mse.classe.use_cases.mots import donner_code, laisser_mot
from mse.classe.use_cases.reprendre import ecarter_contribution
from mse.core import clock
from mse.notifications.reception import Famille, Rythme
from mse.notifications.reglages import choisir_reception
from tests.classe.classe import open_class, send, sender
from tests.notifications.conftest import addresses, take_mails

pytestmark = pytest.mark.usefixtures("jour")


def announce(hours: float) -> list[Any]:
    with clock.at(JOUR + timedelta(hours=hours)):
        annoncer_attentes()
        return take_mails()


def test_sept_contributions_font_un_courriel(app: Flask, monde: Monde) -> None:
    _fiche, lien = open_class(monde)
    for rang in range(7):
        send(lien, "CANARI-IDEE", appareil=str(rang))
        signer("CANARI-PRENOM", de=sender(lien, str(rang)))
    take_mails()
    assert announce(0.5) == []  # the delegates may be reading them
    mails = announce(1.5)
    assert addresses(mails) == {monde.samira.courriel, monde.karim.courriel}
    assert all("7 contributions à lire" in un.sujet for un in mails)
    assert not any("CANARI" in un.texte + un.html + un.sujet for un in mails)
    assert announce(2) == announce(30) == []  # nothing new has come


def test_au_plus_un_courriel_par_jour(app: Flask, monde: Monde) -> None:
    _fiche, lien = open_class(monde)
    send(lien)
    take_mails()
    assert len(announce(1.5)) == 2
    with clock.at(JOUR + timedelta(hours=2)):
        send(lien)
    assert announce(4) == []
    assert len(announce(26)) == 2


def test_ce_qui_est_deja_lu_n_est_pas_annonce(app: Flask, monde: Monde) -> None:
    _fiche, lien = open_class(monde)
    ecarter_contribution(send(lien), par=monde.samira)
    take_mails()
    assert announce(2) == []


def test_un_mot_arrive_aux_deux_delegues(app: Flask, monde: Monde, as_: Any) -> None:
    code = donner_code(monde.promotion, par=monde.samira)
    laisser_mot("CANARI-MOT", "", cle=str(uuid4()), de=sender(code))
    take_mails()
    mails = announce(2)
    assert addresses(mails) == {monde.samira.courriel, monde.karim.courriel}
    assert f"/promotions/{monde.promotion.id}/mots" in mails[0].texte
    assert "CANARI" not in mails[0].texte + mails[0].html
    centre = as_(monde.samira).get("/notifications").text
    assert "Les mots de votre promotion" in centre
    assert "CANARI" not in centre


def test_chacun_choisit_de_ne_rien_recevoir(app: Flask, monde: Monde) -> None:
    choisir_reception({Famille.CLASSE: Rythme.JAMAIS}, 7, par=monde.karim)
    _fiche, lien = open_class(monde)
    send(lien)
    take_mails()
    assert addresses(announce(2)) == {monde.samira.courriel}
