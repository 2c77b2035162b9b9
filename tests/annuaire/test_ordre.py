"""Lists by name use the French collation on both databases, across pages."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from devtools.factories import Monde, keep, make_acteur, make_compte, make_promotion
from mse.annuaire.models import Acteur, Appartenance, Commune, Nature
from mse.annuaire.queries.acteurs import list_noms_de_services, list_services
from mse.annuaire.queries.personnes import list_agents
from mse.annuaire.queries.repertoire import FiltresActeurs, list_acteurs
from mse.comptes.models import Compte
from mse.core.clock import today
from mse.core.sort_keys import sort_key
from mse.extensions import db
from mse.initiatives.queries import list_porteurs_possibles
from mse.representation.models import Promotion
from mse.representation.queries import comptes
from mse.representation.queries.promotions import list_communes_de

MELES = ["École", "Zeste", "du Paillon", "Égalité", "Santé"]
EN_ORDRE = ["du Paillon", "École", "Égalité", "Santé", "Zeste"]


def test_l_annuaire_page_apres_page(app: Flask) -> None:
    for nom in MELES:
        make_acteur(nom)
        make_acteur(nom, Nature.ORGANISME)
    lus: list[str] = []
    suivant: int | None = None
    while True:
        page = list_acteurs(FiltresActeurs(), suivant, size=2)
        lus += [ligne.nom for ligne in page.rows]
        suivant = page.next
        if suivant is None:
            break
    assert lus == [*EN_ORDRE, *EN_ORDRE]


def test_les_services_a_choisir(app: Flask) -> None:
    for nom in MELES:
        make_acteur(nom)
    assert [service.nom for service in list_services()] == EN_ORDRE
    assert [service.nom for service in list_noms_de_services()] == EN_ORDRE


def test_les_comptes_page_apres_page(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comptes, "PAGE_SIZE", 2)
    for nom in MELES:
        make_compte("Élie", nom=nom)
        make_compte("Ada", nom=nom)
    lus: list[str] = []
    suivant: int | None = None
    while True:
        page = comptes.list_comptes("", None, suivant, le=today())
        lus += [ligne.nom for ligne in page.rows]
        suivant = page.next
        if suivant is None:
            break
    assert lus == [f"{prenom} {nom}" for nom in EN_ORDRE for prenom in ("Ada", "Élie")]


def test_l_equipe_d_un_acteur(app: Flask) -> None:
    acteur = make_acteur("Service Cars")
    for nom in MELES:
        debut = today() - timedelta(days=3)
        keep(Appartenance(compte=make_compte("Ada", nom=nom), acteur=acteur, debut=debut))
    assert [agent.nom for agent in list_agents(acteur, le=today())] == EN_ORDRE


def test_qui_peut_porter_une_initiative(monde: Monde) -> None:
    for nom in MELES:
        make_acteur(nom, Nature.ORGANISME)
    noms = [nom for _cle, nom in list_porteurs_possibles(monde.animatrice)]
    assert noms == sorted(noms, key=sort_key)
    assert [nom for nom in noms if nom in MELES] == EN_ORDRE


def test_les_communes_d_un_organisme(monde: Monde) -> None:
    noms = ["Èze", "Fos-sur-Mer", "Aubagne"]
    for commune in db.session.scalars(select(Commune).where(Commune.nom.in_(noms))).all():
        promotion = make_promotion(monde.lavande, commune.nom)
        promotion.commune_code = commune.code
        db.session.commit()
    communes = [commune.nom for commune in list_communes_de(monde.lavande)]
    assert [nom for nom in communes if nom in noms] == ["Aubagne", "Èze", "Fos-sur-Mer"]


def test_un_nom_corrige_change_de_place(app: Flask) -> None:
    acteur = make_acteur("Zeste")
    make_acteur("Santé")
    acteur.nom = "À l’Écoute"
    db.session.commit()
    assert [service.nom for service in list_services()] == ["À l’Écoute", "Santé"]


def test_chaque_ligne_a_la_cle_de_son_nom(monde: Monde) -> None:
    modeles: list[Any] = [Acteur, Commune, Compte, Promotion]
    for modele in modeles:
        for une in db.session.scalars(select(modele)):
            assert une.tri == sort_key(*(getattr(une, nom) for nom in modele.SORTED_BY))
