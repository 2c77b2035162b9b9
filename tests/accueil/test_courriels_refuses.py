"""The list of undeliverable e-mails for administrators: addressee, reason, what to do."""

from itertools import repeat
from typing import Any

import pytest
from flask import Flask

from devtools.factories import Monde, make_fiche
from devtools.smtp import Serveur
from mse.core.use_cases import use_case
from mse.extensions import db
from mse.notifications.annonces import _kinds
from mse.notifications.libelles import CAUSES, COURRIELS, Cause, read_code
from mse.notifications.mails import _folder
from mse.notifications.models import Courriel
from mse.notifications.outbox import forget
from mse.notifications.queries import list_refuses
from mse.notifications.worker import drain
from tests.courriels import write_mails
from tests.notifications.conftest import serveur, take_mails
from tests.representation.invites import invite_agente

__all__ = ["serveur"]


@pytest.fixture
def refuses(monde: Monde, serveur: Serveur) -> None:
    """An invitation and the e-mail about a new saisine, both refused by the mail server."""
    take_mails()
    invite_agente(monde.remuneration, par=monde.animatrice)
    make_fiche(monde.promotion, monde.samira, monde.ailleurs)
    serveur.behaviours = repeat("rcpt 550 5.1.1 No such user")
    drain()


@pytest.mark.usefixtures("refuses")
def test_chaque_refus_dit_quoi_pour_qui_pourquoi_et_que_faire(monde: Monde, as_: Any) -> None:
    page = " ".join(as_(monde.admin).get("/mon-espace").text.split())
    assert "Invitation dans l’équipe d’un service ou d’un organisme" in page
    assert "Pour Nora Fictive" in page
    assert f"Pour la boîte aux lettres d’{monde.ailleurs.nom}" in page
    assert "dit qu’elle n’existe pas, ou ne reçoit rien" in page
    assert "Corriger l’adresse, ou inviter autrement" in page
    assert f'href="/acteurs/{monde.ailleurs.id}/profil"' in page
    assert "550 5.1.1" in page
    assert "appartenance_ouverte" not in page
    assert "nora@exemple.fr" not in page


@pytest.mark.parametrize(
    ("erreur", "cause", "code"),
    [
        ("550 5.1.1 (destinataire)", Cause.ADRESSE, "550 5.1.1"),
        ("554 (contenu)", Cause.CONTENU, "554"),
        ("452 4.2.2 (destinataire), encore après 5 jours", Cause.ATTENTE, "452 4.2.2"),
        ("adresse invalide", Cause.MAL_ECRITE, ""),
        ("lien expiré avant l’envoi", Cause.EXPIRE, ""),
        ("erreur interne : KeyError, encore après 5 jours", Cause.ATTENTE, ""),
        ("", Cause.AUTRE, ""),
    ],
)
def test_la_raison_se_lit(erreur: str, cause: Cause, code: str) -> None:
    assert (Cause.lire(erreur), read_code(erreur)) == (cause, code)
    assert CAUSES[cause]


def test_chaque_courriel_a_son_nom(app: Flask) -> None:
    autres = {"acteur_ferme"}  # sends «reouverture_demandee»
    assert set(COURRIELS) - {"resume", "resume_suivis"} == {_folder(nom) for nom in _kinds} - autres


@pytest.mark.usefixtures("refuses")
def test_une_adresse_oubliee_ne_casse_rien(monde: Monde, as_: Any) -> None:
    db.session.query(Courriel).update({"destinataire": None})
    db.session.commit()
    assert "Pour une adresse que personne n’a plus" in as_(monde.admin).get("/mon-espace").text


def test_qui_n_en_veut_plus_n_est_pas_un_refus(monde: Monde) -> None:
    take_mails()
    make_fiche(monde.promotion, monde.samira, monde.transports)
    write_mails()
    [mail] = db.session.query(Courriel).filter_by(destinataire=monde.agent.courriel)
    use_case(forget)(monde.agent.courriel or "", [mail.evenement])
    db.session.refresh(mail)
    assert mail.abandonne_le is not None
    assert list_refuses() == []
