"""«Mon espace»: the summary counts the pending work and agrees with the lists below."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from devtools.factories import LONGUE, Monde, make_brouillon
from mse.avis.use_cases import demander_reouverture, donner_avis
from mse.demarche import get_demarche
from mse.extensions import db
from mse.fiches.models import Etape
from mse.fiches.use_cases.traiter import prendre_en_charge, repondre_saisine
from mse.fiches.workflow import NatureEtape, Valeur
from mse.moderation.use_cases import masquer_etape


def _titre(page: str) -> str:
    return page.partition("<h1>")[2].partition("</h1>")[0]


def test_un_brouillon_et_une_reponse_attendent_la_deleguee(monde: Monde, as_: Any) -> None:
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    make_brouillon(monde.promotion, monde.samira)
    assert "2\u00a0fiches vous attendent" in _titre(as_(monde.samira).get("/mon-espace").text)


def test_la_reponse_qui_attend_se_lit_dans_ses_premiers_mots(monde: Monde, as_: Any) -> None:
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    samira = as_(monde.samira)
    panneau = samira.get("/mon-espace").text.partition('class="panneau mer"')[2].partition("</section>")[0]
    assert LONGUE[:60] in panneau
    assert f'href="/fiches/{monde.fiche.id}#saisine-{monde.saisine.id}">Lire et dire si' in panneau
    etape = db.session.scalars(select(Etape).where(Etape.nature == NatureEtape.REPONSE)).one()
    masquer_etape(etape, "Cette réponse nomme une personne.", par=monde.animatrice)
    assert LONGUE[:60] not in samira.get("/mon-espace").text


def test_les_fiches_de_la_promotion_disent_leur_delai_puis_le_verdict(monde: Monde, as_: Any) -> None:
    samira = as_(monde.samira)
    assert "jour 0 sur 20" in samira.get("/mon-espace").text
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    donner_avis(monde.saisine, Valeur.OUI, "", par=monde.samira)
    page = samira.get("/mon-espace").text
    assert 'class="verdict oui"' in page
    assert "sur 20" not in page


def test_ce_qui_est_pris_en_charge_attend_sans_urgence(monde: Monde, as_: Any) -> None:
    prendre_en_charge(monde.saisine, par=monde.agent)
    titre = _titre(as_(monde.agent).get("/mon-espace").text)
    assert "Rien d’urgent ne vous attend." in titre
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    assert "Rien ne vous attend." in _titre(as_(monde.agent).get("/mon-espace").text)


def test_une_reouverture_demandee_dit_son_echeance(monde: Monde, as_: Any) -> None:
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    demander_reouverture(monde.saisine, "Le car arrive encore en retard.", par=monde.samira)
    page = as_(monde.agent).get("/mon-espace").text
    assert "décision avant le" in page


def test_en_production_les_mentions_qui_manquent_se_voient(
    app: Flask, monde: Monde, as_: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In production an administrator is warned of legal notices missing from the démarche file."""
    incompletes = "Les mentions légales sont incomplètes."
    admin = as_(monde.admin)
    assert incompletes not in admin.get("/mon-espace").text  # no warning on a demonstration instance
    monkeypatch.setitem(app.config, "MSE", replace(app.config["MSE"], mode="production"))
    page = admin.get("/mon-espace").text
    assert incompletes in page
    assert "contact, editeur" in page
    dites = dict.fromkeys(get_demarche().mentions_manquantes, "association@exemple.fr")
    monkeypatch.setitem(app.jinja_env.globals, "demarche", replace(get_demarche(), **dites))
    assert incompletes not in admin.get("/mon-espace").text
