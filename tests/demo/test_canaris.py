"""Crawl the demonstration as each role: a private string shows only to those allowed to read it."""

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
from mse.fiches.models import Fiche, Piece
from mse.notifications.models import Courriel
from mse.redaction.models import PieceReponse

_LINK = re.compile(r'href="(/[^"#]*)')
_ANIMATION = {canaris.PETITE_PROMOTION, *canaris.MOTIFS_RETRAIT.values()} | {
    mot for mot, lecteurs in CANARIS.items() if "animateurs" in lecteurs
}
_ECHANGES = {
    canaris.MESSAGE_EPICERIE,
    canaris.MESSAGE_REPAS,
    canaris.NOTE_EPICERIE,
    canaris.PIECE_DE_MESSAGE,
    canaris.PIECE_MASQUEE,
}
PIECES = {mot for mots in canaris.PIECES.values() for mot in mots} | _ECHANGES
# Private strings that each account may see. Other accounts and visitors see none.
LECTEURS = {
    "": set(),
    "service@demo.example": {
        canaris.BROUILLON_DE_MATHIEU,
        canaris.REPERE_DE_MATHIEU,
        canaris.PETITE_PROMOTION,
        canaris.MESSAGE_EPICERIE,
        canaris.MESSAGE_REPAS,
        canaris.NOTE_EPICERIE,
        canaris.PIECE_DE_MESSAGE,
        *canaris.PIECES["F088"],
        *canaris.PIECES["F103"],
    },
    "organisme@demo.example": {
        canaris.PETITE_PROMOTION,
        canaris.NOM_DE_SAMIRA,
        canaris.REMARQUE_CARENCE,
        canaris.NOM_DE_L_INVITEE,
        canaris.BOITE_DE_NADEGE,
        canaris.MODELE_DE_NADEGE,
    },
    "service2@demo.example": {canaris.PETITE_PROMOTION},
    "organisme2@demo.example": {canaris.PETITE_PROMOTION},
    "delegue@demo.example": {
        canaris.BROUILLON_SAMIRA,
        canaris.CONTRIBUTION,
        canaris.PRENOM_DE_LA_CLASSE,
        canaris.MOT_DE_LA_CLASSE,
        canaris.MESSAGE_REPAS,
        canaris.NOM_DE_SAMIRA,
        *canaris.PIECES["F088"],
        *canaris.PIECES["B01"],
    },
    "delegue2@demo.example": {canaris.BROUILLON_AILLEURS, canaris.MOT_DE_PASSATION},
    "animation@demo.example": _ANIMATION
    | {canaris.SIGNALEMENT, canaris.BOITE_DE_NADEGE, canaris.NOM_DE_SAMIRA},
    "admin@demo.example": {
        canaris.NOM_DE_SAMIRA,
        canaris.PETITE_PROMOTION,
        canaris.REMARQUE_CARENCE,
        canaris.NOM_DE_L_INVITEE,
        canaris.BOITE_DE_NADEGE,
    },
}


@pytest.mark.parametrize("courriel", LECTEURS, ids=lambda courriel: courriel.partition("@")[0] or "visiteur")
def test_aucun_canari_hors_de_sa_cage(region: Flask, as_region: Any, courriel: str) -> None:
    browser = as_region(courriel)
    todo = [
        "/",
        "/fiches",
        "/acteurs",
        "/mon-espace",
        "/mon-compte",
        "/connexions",
        "/invitations",
        "/healthz",
        "/a-propos",
    ]
    todo += [f"/fiches/{fiche_id}" for fiche_id in db.session.scalars(select(Fiche.id))]
    todo += [f"/fiches/{piece.fiche_id}/pieces/{piece.id}" for piece in db.session.scalars(select(Piece))]
    todo += [f"/reponses/pieces/{piece_id}" for piece_id in db.session.scalars(select(PieceReponse.id))]
    seen: set[str] = set()
    lus: set[str] = set()
    while todo:
        url = html.unescape(todo.pop())
        if url in seen or url.startswith("/static"):
            continue
        seen.add(url)
        response = browser.get(url)
        page = html.unescape(f"{response.headers}{response.get_data().decode('utf-8', 'replace')}")
        vus = {mot for mot in CANARIS if mot in page}
        assert vus <= LECTEURS[courriel], (url, courriel)
        lus |= vus
        todo += [link for link in _LINK.findall(page) if len(seen) < 600]
    assert len(seen) > 150
    # An account finds every file and every message that it may read.
    assert lus & PIECES == LECTEURS[courriel] & PIECES


def test_aucun_canari_dans_les_courriels(region: Flask) -> None:
    for courriel in db.session.scalars(select(Courriel)):
        assert not any(mot in f"{courriel.sujet} {courriel.texte}" for mot in CANARIS)


@pytest.fixture
def as_region(region: Flask) -> Any:
    """`as_region(courriel)`: a browser signed in as that account; `as_region("")`: a visitor's."""
    from devtools.factories import open_session

    def sign_in(courriel: str) -> Any:
        browser = region.test_client()
        if courriel:
            compte = db.session.scalars(select(Compte).where(Compte.courriel == courriel)).one()
            reference = open_session(compte)
            with browser.session_transaction() as cookie:
                cookie["_user_id"], cookie["_fresh"] = reference, True
        return browser

    return sign_in
