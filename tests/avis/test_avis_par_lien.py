"""A delegate gives a verdict through the link of an e-mail. The link gives no other access."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from devtools.factories import LONGUE, Monde, hidden_fields, keep
from mse.comptes.models import Jeton, SessionCompte
from mse.core.clock import at, now, today
from mse.extensions import db
from mse.fiches.models import Avis
from mse.fiches.use_cases.traiter import repondre_saisine, rouvrir_saisine
from mse.notifications.models import Courriel
from tests.courriels import write_mails

_LIEN = re.compile(r"http://[^/]+(/avis/\S+)")


@pytest.fixture
def lien(monde: Monde) -> str:
    """The link in the e-mail that announces the answer to Samira."""
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    return lien_recu(monde.samira.courriel)


def lien_recu(courriel: str | None) -> str:
    write_mails()
    query = select(Courriel.texte).where(
        Courriel.destinataire == courriel, Courriel.evenement == "saisine_repondue"
    )
    trouve = _LIEN.search(db.session.scalars(query.order_by(Courriel.id.desc())).first() or "")
    assert trouve
    return trouve[1]


def count(model: Any) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_samira_donne_son_avis_sans_se_connecter_et_en_change(client: Any, monde: Monde, lien: str) -> None:
    arrivee = client.get(lien)
    assert (arrivee.status_code, arrivee.location) == (303, "/avis")
    assert arrivee.headers["Referrer-Policy"] == "no-referrer"
    response = client.poster("/avis", valeur="oui", commentaire="")
    assert response.status_code == 303
    assert response.location == f"/fiches/{monde.fiche.id}"
    assert (
        client.poster("/avis", valeur="non", commentaire="Le car part toujours trop tôt.").status_code == 303
    )
    db.session.rollback()
    [avis] = db.session.scalars(select(Avis)).all()
    assert (avis.valeur, avis.auteur_id) == ("non", monde.samira.id)


def test_ouvrir_le_lien_ne_decide_rien_et_ne_connecte_pas(app: Flask, client: Any, lien: str) -> None:
    sessions = count(SessionCompte)
    for _fois in range(5):
        assert client.head(lien).status_code == 303
        assert client.get(lien).status_code == 303
        assert client.get("/avis?valeur=non").status_code == 200
    assert client.post("/avis", data={"valeur": "non"}).status_code == 400  # no CSRF token
    assert count(Avis) == 0
    assert count(SessionCompte) == sessions
    assert client.get("/mon-espace").status_code == 401


def test_un_non_sans_raison_est_refuse_et_garde(client: Any, lien: str) -> None:
    client.get(lien)
    page = client.poster("/avis", valeur="non", commentaire="")
    assert page.status_code == 422
    assert 'value="non" checked' in page.text or re.search(r'checked[^>]*value="non"', page.text)
    assert count(Avis) == 0


def test_le_lien_d_une_adresse_non_prouvee_est_refuse(client: Any, monde: Monde, lien: str) -> None:
    """Such a link may exist: it was sent before links were limited to verified addresses."""
    monde.samira.courriel_prouve_le = None
    db.session.commit()
    client.get(lien)
    page = client.get("/avis")
    assert page.status_code == 410
    assert "adresse n’est pas confirmée" in page.text
    assert client.post("/avis", data={"valeur": "non"}).status_code in (400, 410)
    assert count(Avis) == 0


def test_chaque_delegue_a_le_sien(monde: Monde, lien: str) -> None:
    assert lien_recu(monde.karim.courriel) != lien
    assert count(Jeton) == 2


@pytest.mark.parametrize(("jours", "status"), [(29, 200), (30, 410)])
def test_trente_jours_pas_plus(client: Any, lien: str, jours: int, status: int) -> None:
    client.get(lien)
    with at(now() + timedelta(days=jours, minutes=-1 if status == 200 else 1)):
        assert client.get("/avis").status_code == status


def test_il_ne_sert_plus_quand_la_fiche_est_rouverte_ou_le_mandat_fini(
    client: Any, monde: Monde, lien: str
) -> None:
    client.get(lien)
    rouvrir_saisine(monde.saisine, "Le car a encore changé d’horaire.", par=monde.agent)
    page = client.get("/avis")
    assert page.status_code == 410
    assert "n’attend pas d’avis" in page.text
    for mandat in monde.samira.mandats:  # type: ignore[attr-defined]  # a backref
        mandat.fin = today() - timedelta(days=1)
        keep(mandat)
    assert "votre mandat est terminé" in client.get("/avis").text


@pytest.mark.parametrize("secret", ["x", "%00", "%F0%9F%98%80", "a" * 3000])
def test_un_lien_invente_mene_a_une_phrase(client: Any, secret: str) -> None:
    assert client.get(f"/avis/{secret}").status_code == 303
    page = client.get("/avis")
    assert page.status_code == 410
    assert "Ce lien ne sert plus" in page.text


def test_ce_que_samira_ecrivait_lui_est_rendu_quand_la_fiche_est_rouverte(
    client: Any, monde: Monde, lien: str
) -> None:
    client.get(lien)
    cachees = hidden_fields(client.get("/avis").text)
    rouvrir_saisine(monde.saisine, "Le car a encore changé d’horaire.", par=monde.agent)
    texte = "Le car part toujours avant la fin des cours, deux fois par semaine."
    page = client.post("/avis", data={**cachees, "valeur": "non", "commentaire": texte})
    assert page.status_code == 410
    assert "n’attend pas d’avis" in page.text
    assert texte in page.text
    assert count(Avis) == 0


def test_le_lien_d_une_reponse_ne_juge_pas_la_suivante(client: Any, monde: Monde, lien: str) -> None:
    """After a reopening and a new answer, the link of the first answer is refused with the reason."""
    with at(now() + timedelta(days=3)):
        rouvrir_saisine(monde.saisine, "Le car a encore changé d’horaire.", par=monde.agent)
        repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
        client.get(lien)
        page = client.get("/avis")
        assert page.status_code == 410
        assert "a reçu une autre réponse depuis" in page.text
        client.get(lien_recu(monde.samira.courriel))
        assert client.poster("/avis", valeur="oui", commentaire="").status_code == 303
    db.session.rollback()
    assert [avis.tour for avis in db.session.scalars(select(Avis))] == [2]
