"""Subscription to bulletins by e-mail: double opt-in and one-click unsubscription."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from devtools.factories import LONGUE, Monde
from mse.core.clock import at, now, today
from mse.core.errors import DonneeInvalide, TropDeDemandes
from mse.extensions import db
from mse.fiches.use_cases import traiter
from mse.meteo.use_cases import actualiser, composer_bulletin, publier_bulletin
from mse.notifications.models import Courriel
from mse.suivis.models import Abonne, Suivi
from mse.suivis.queries.cibles import get_cible
from mse.suivis.use_cases import demander_suivi, oublier_demandes, par_courriel
from mse.suivis.use_cases.par_courriel import PAR_ADRESSE, PAR_DEMANDEUR
from tests.comptes.gens import ouvrir, suivre
from tests.notifications.conftest import take_mails

LECTRICE = "lectrice@exemple.fr"


def demander(courriel: str, adresse: str = "192.0.2.1") -> None:
    cible = get_cible(None, "bulletins", "meteo")
    assert cible is not None
    demander_suivi(cible, courriel, adresse=adresse, secret="s")


def publier(monde: Monde) -> None:
    traiter.regler_saisine(monde.saisine, LONGUE, par=monde.agent)
    actualiser()
    bulletin = composer_bulletin(
        cle=str(uuid4()), titre="Mars", texte="Un mois de **soleil**.", jour=today(), par=monde.animatrice
    )
    take_mails()
    publier_bulletin(bulletin, par=monde.animatrice)


def lien(texte: str | None) -> str:
    trouve = re.search(r"http://[^/\s]+(/suivis/\S+)", texte or "")
    assert trouve, texte
    return trouve[1]


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(Abonne)) or 0


def test_on_s_abonne_en_deux_fois_et_l_on_part_d_un_bouton(monde: Monde, client: Any) -> None:
    take_mails()
    page = client.poster("/meteo/bulletins/abonnement", courriel="Lectrice@exemple.fr")
    assert page.status_code == 303
    [demande] = take_mails()
    assert demande.destinataire == LECTRICE
    publier(monde)
    assert take_mails() == []  # the subscription is not confirmed
    adresse = lien(demande.texte)
    assert ouvrir(client, adresse).status_code == 200
    assert db.session.scalars(select(Suivi)).one().confirme_le is None  # GET confirms nothing
    assert suivre(client, adresse).status_code == 303
    bulletin = composer_bulletin(
        cle=str(uuid4()), titre="Avril", texte="Encore du **soleil**.", jour=today(), par=monde.animatrice
    )
    publier_bulletin(bulletin, par=monde.animatrice)
    [courriel] = take_mails()
    assert courriel.sujet == "Bulletin : Avril"
    assert f"/meteo/bulletins/{bulletin.id}" in (courriel.texte or "")
    assert "Encore du soleil." in (courriel.texte or "")
    assert "Encore du <strong>soleil</strong>." in (courriel.html or "")
    depart = lien(courriel.desabonnement)
    assert lien(courriel.texte) == depart
    assert ouvrir(client, depart).status_code == 200
    assert count() == 1
    robot = client.application.test_client()  # a mail program has neither cookie nor CSRF token
    assert robot.post(depart, data={"List-Unsubscribe": "One-Click"}).status_code == 303
    assert count() == 0
    assert ouvrir(client, depart).status_code == 410
    assert LECTRICE not in db.session.scalars(select(Courriel.destinataire)).all()


def test_on_s_arrete_par_la_page_aussi(monde: Monde, client: Any) -> None:
    take_mails()
    demander(LECTRICE)
    [demande] = take_mails()
    client.get(f"{lien(demande.texte)}/fin")
    page = "/suivis/fin"
    assert client.post(page).status_code == 400  # no CSRF token
    assert count() == 1
    assert client.poster(page).location == "/meteo/bulletins"
    assert count() == 0


def test_personne_n_apprend_qui_est_abonne(monde: Monde, client: Any) -> None:
    demander(LECTRICE)
    db.session.scalars(select(Suivi)).one().confirme_le = now()
    db.session.commit()
    reponses = [
        client.poster("/meteo/bulletins/abonnement", courriel=courriel)
        for courriel in (LECTRICE, "nouvelle@exemple.fr")
    ]
    assert {(r.status_code, r.location) for r in reponses} == {(303, "/meteo/bulletins")}
    assert [mail.destinataire for mail in take_mails()].count("nouvelle@exemple.fr") == 1
    assert count() == 2


def test_au_dela_de_sa_part_on_n_apprend_rien_non_plus(app: Flask) -> None:
    demander(LECTRICE)
    db.session.scalars(select(Suivi)).one().confirme_le = now()
    db.session.commit()
    for numero in range(PAR_DEMANDEUR - 1):
        demander(f"a{numero}@exemple.fr")
    for courriel in (LECTRICE, "a1@exemple.fr", "nouvelle@exemple.fr"):
        with pytest.raises(TropDeDemandes):
            demander(courriel)


def test_une_boite_ne_se_remplit_pas(app: Flask) -> None:
    for _fois in range(3):
        demander(LECTRICE)
    assert len(take_mails()) == 1
    with at(now() + timedelta(hours=2)):
        demander(LECTRICE)
        assert len(take_mails()) == 1


def test_une_adresse_qui_en_abonne_beaucoup_n_arrete_qu_elle(app: Flask) -> None:
    for numero in range(PAR_DEMANDEUR):
        demander(f"a{numero}@exemple.fr")
    with pytest.raises(TropDeDemandes, match="Attendez 60 minutes"):
        demander(LECTRICE)
    demander(LECTRICE, adresse="192.0.2.9")
    assert len(take_mails()) == PAR_DEMANDEUR + 1


def test_une_boite_ne_recoit_pas_dix_questions_de_plus(app: Flask) -> None:
    for numero in range(PAR_ADRESSE):
        demander(LECTRICE, adresse=f"192.0.2.{numero}")
    with pytest.raises(TropDeDemandes):
        demander(LECTRICE, adresse="192.0.2.99")


def test_le_lien_d_un_ancien_courriel_sert_encore(app: Flask, client: Any) -> None:
    demander(LECTRICE)
    cle = db.session.scalars(select(Suivi.cle)).one()
    assert client.get(f"/meteo/bulletins/abonnement/{cle}").location == "/suivis/confirmation"
    robot = client.application.test_client()
    fin = robot.post(f"/meteo/bulletins/abonnement/{cle}/fin", data={"List-Unsubscribe": "One-Click"})
    assert fin.status_code == 303
    assert count() == 0


def test_tous_ensemble_attendent_aussi(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(par_courriel, "PAR_HEURE", 3)
    for numero in range(3):
        demander(f"a{numero}@exemple.fr", adresse=f"192.0.2.{numero}")
    with pytest.raises(TropDeDemandes):
        demander(LECTRICE, adresse="192.0.2.9")


@pytest.mark.parametrize("courriel", ["", "pas une adresse", "x@localhost", "a" * 300 + "@exemple.fr"])
def test_une_adresse_fausse_est_refusee(client: Any, courriel: str) -> None:
    page = client.poster("/meteo/bulletins/abonnement", courriel=courriel)
    assert page.status_code == 422
    assert count() == 0


def test_une_adresse_que_personne_ne_confirme_est_oubliee(app: Flask) -> None:
    demander(LECTRICE)
    oublier_demandes()
    assert count() == 1
    with at(now() + timedelta(days=3)):
        oublier_demandes()
    assert count() == 0


def test_une_cle_inventee_n_ouvre_rien(client: Any) -> None:
    for adresse in ("/suivis/inventee", "/suivis/inventee/fin", "/suivis/tout/inventee/fin"):
        assert ouvrir(client, adresse).status_code == 410
    with pytest.raises(DonneeInvalide):
        demander("pas une adresse")
