"""Each role walks the whole demonstration: no private string shows where it may not."""

import html
import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from mse.comptes.models import Compte
from mse.demo import canaris
from mse.demo.canaris import CANARIS
from mse.extensions import db
from mse.fiches.models import Fiche
from mse.notifications.models import Courriel

_LINK = re.compile(r'href="(/[^"#]*)')
_ANIMATION = {canaris.PETITE_PROMOTION, *canaris.MOTIFS_RETRAIT.values()} | {
    mot for mot, lecteurs in CANARIS.items() if "animateurs" in lecteurs
}
# Whose pages may show which strings; everybody else, and the visitor, none at all.
LECTEURS = {
    "": set(),
    "service@demo.example": {canaris.PETITE_PROMOTION},
    "organisme@demo.example": {canaris.PETITE_PROMOTION, canaris.BOITE_DE_NADEGE},
    "service2@demo.example": {canaris.PETITE_PROMOTION},
    "organisme2@demo.example": {canaris.PETITE_PROMOTION},
    "delegue@demo.example": {canaris.BROUILLON_SAMIRA, canaris.NOM_DE_SAMIRA},
    "delegue2@demo.example": {canaris.BROUILLON_AILLEURS},
    "animation@demo.example": _ANIMATION | {canaris.BOITE_DE_NADEGE, canaris.NOM_DE_SAMIRA},
    "admin@demo.example": {canaris.BOITE_DE_NADEGE, canaris.NOM_DE_SAMIRA},
}


@pytest.mark.parametrize("courriel", LECTEURS, ids=lambda courriel: courriel.partition("@")[0] or "visiteur")
def test_aucun_canari_hors_de_sa_cage(region: Flask, as_region: Any, courriel: str) -> None:
    browser = as_region(courriel)
    todo = ["/", "/fiches", "/acteurs", "/mon-espace", "/mon-compte", "/connexions", "/healthz", "/a-propos"]
    todo += [f"/fiches/{fiche_id}" for fiche_id in db.session.scalars(select(Fiche.id))]
    seen: set[str] = set()
    while todo:
        url = html.unescape(todo.pop())
        if url in seen or url.startswith("/static"):
            continue
        seen.add(url)
        page = html.unescape(browser.get(url).text)
        vus = {mot for mot in CANARIS if mot in page} - LECTEURS[courriel]
        assert vus == set(), (url, courriel)
        todo += [link for link in _LINK.findall(page) if len(seen) < 600]
    assert len(seen) > 150


def test_aucun_canari_dans_les_courriels(region: Flask) -> None:
    for courriel in db.session.scalars(select(Courriel)):
        assert not any(mot in f"{courriel.sujet} {courriel.texte}" for mot in CANARIS)


@pytest.fixture
def as_region(region: Flask) -> Any:
    """A browser signed in as a demonstration account; `as_region("")`: a visitor's."""
    from tests.fabrique import open_session

    def sign_in(courriel: str) -> Any:
        browser = region.test_client()
        if courriel:
            compte = db.session.scalars(select(Compte).where(Compte.courriel == courriel)).one()
            reference = open_session(compte)
            with browser.session_transaction() as cookie:
                cookie["_user_id"], cookie["_fresh"] = reference, True
        return browser

    return sign_in
