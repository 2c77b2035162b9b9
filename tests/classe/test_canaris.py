"""What trainees write appears on no page but those of their delegates."""

from typing import Any
from uuid import uuid4

from flask import Flask

from devtools.factories import Monde, make_election
from mse.classe.use_cases.contribuer import signer
from mse.classe.use_cases.mots import donner_code, laisser_mot
from mse.classe.use_cases.reprendre import reprendre_contribution
from mse.classe.workflow import Nature
from mse.depot.use_cases.deposer import deposer_fiche
from mse.extensions import db
from mse.fiches.models import Fiche
from mse.recherche.use_cases import index_due
from tests.classe.classe import open_class, send, sender

LAISSEE, PRISE = "CANARI-LAISSEE, à la boulangerie", "CANARI-PRISE, à la boulangerie"
PRENOM, MOT = "CANARI-PRENOM", "CANARI-MOT, à la boulangerie"


def _write(monde: Monde) -> Fiche:
    """Let the class write: one text is left, one taken over, both are signed; and a word is left."""
    fiche, lien = open_class(monde, destinataires=[monde.transports.id])
    send(lien, LAISSEE)
    signer(PRENOM, de=sender(lien))
    prise = send(lien, PRISE, Nature.SOLUTION)
    signer(PRENOM, de=sender(lien))
    reprendre_contribution(prise, par=monde.samira)
    code = donner_code(monde.promotion, par=monde.samira)
    laisser_mot(MOT, PRENOM, cle=str(uuid4()), de=sender(code))
    return fiche


def _read(browser: Any, fiche: Fiche, monde: Monde) -> str:
    pages = (
        f"/fiches/{fiche.id}",
        f"/fiches/{fiche.id}.atom",
        "/fiches.atom",
        "/fiches",
        "/recherche?q=boulangerie",
        "/mon-espace",
        "/notifications",
        f"/promotions/{monde.promotion.id}",
        f"/promotions/{monde.promotion.id}/affiche",
        f"/promotions/{monde.promotion.id}/mots",
        f"/fiches/{fiche.id}/classe",
        f"/fiches/{fiche.id}/classe/contributions",
        f"/acteurs/{monde.lavande.id}",
        f"/acteurs/{monde.lavande.id}/promotions",
        f"/acteurs/{monde.transports.id}/saisines.csv",
        "/metrics",
        "/classe",
        "/delegues",
    )
    return "".join(browser.get(page).get_data().decode() for page in pages)


def test_avant_et_apres_le_depot(app: Flask, monde: Monde, as_: Any) -> None:
    make_election(monde.autre_agent, titulaire=monde.lea)
    fiche = _write(monde)
    autres = (
        None,
        monde.lea,
        monde.ancienne,
        monde.agent,
        monde.referent,
        monde.autre_agent,
        monde.animatrice,
    )
    for personne in (*autres, monde.admin):
        assert "CANARI" not in _read(as_(personne), fiche, monde)
    deposer_fiche(fiche, par=monde.samira)
    index_due()
    db.session.rollback()
    for personne in (*autres, monde.admin):
        lues = _read(as_(personne), fiche, monde)
        assert PRISE in lues  # it belongs to the fiche now
        assert not any(mot in lues for mot in (LAISSEE, PRENOM, MOT))
    siennes = _read(as_(monde.karim), fiche, monde)
    assert LAISSEE in siennes
    assert MOT in siennes
