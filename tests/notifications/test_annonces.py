"""A use case only records an announcement. The worker determines the addressees and writes the e-mails."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from devtools.factories import LONGUE, Monde, make_brouillon
from mse.avis.use_cases import demander_reouverture
from mse.core.clock import at, now
from mse.depot.use_cases.deposer import deposer_fiche, supprimer_brouillon
from mse.extensions import db
from mse.fiches.use_cases.traiter import (
    prendre_en_charge,
    regler_saisine,
    repondre_saisine,
    rouvrir_saisine,
)
from mse.moderation.use_cases import rendre_fiche
from mse.notifications import annonces
from mse.notifications.models import Annonce
from tests.notifications.conftest import addresses, take_mails


@pytest.fixture
def monde(monde: Monde) -> Monde:
    take_mails()
    return monde


def test_repondre_ne_fait_que_noter_ce_qui_est_arrive(app: Flask, monde: Monde) -> None:
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    ours = (
        "FROM comptes JOIN mandats",
        "SELECT etapes.texte, etapes.texte_html",
        "INTO courriels",
        "INTO annonces",
    )
    assert [part for text in statements for part in ours if part in text] == ["INTO annonces"]
    assert addresses(take_mails()) == {monde.samira.courriel, monde.karim.courriel}


def test_une_erreur_de_notre_part_n_arrete_pas_les_autres_annonces(
    app: Flask, monde: Monde, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An announcement whose e-mail cannot be written, by a faulty template for example, is retried later."""
    with monkeypatch.context() as patch:
        patch.setitem(annonces._writers, "SaisinePriseEnCharge", [lambda _event: 1 / 0])
        prendre_en_charge(monde.saisine, par=monde.agent)
        repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
        assert {mail.evenement for mail in take_mails()} == {"saisine_repondue"}
    assert take_mails() == []
    with at(now() + timedelta(minutes=1)):
        assert {mail.evenement for mail in take_mails()} == {"saisine_prise_en_charge"}


def test_ce_qu_une_version_d_avant_a_note_n_attend_pas_pour_toujours(monde: Monde) -> None:
    annonce = Annonce(evenement="CeQuOnDisaitAvant", charge={}, notee_le=now(), prochain_essai_le=now())
    db.session.add(annonce)
    db.session.commit()
    assert annonces.write_next()
    assert db.session.query(Annonce).count() == 0
    assert not annonces.write_next()


def test_un_brouillon_supprime_avant_son_courriel_n_arrete_rien(monde: Monde) -> None:
    """An announcement about a draft deleted before the worker runs is dropped without an e-mail."""
    titre = "Appelez Jeanne au 06 12 34 56 78"
    fiche = make_brouillon(monde.promotion, monde.samira, titre=titre, destinataires=[monde.transports.id])
    deposer_fiche(fiche, par=monde.samira, insiste=True)
    rendre_fiche(fiche, "Enlevez le nom et le numéro.", par=monde.animatrice)
    supprimer_brouillon(fiche, par=monde.samira)
    assert take_mails() == []
    assert db.session.query(Annonce).count() == 0


def test_une_demande_decidee_avant_son_courriel_n_arrete_rien(monde: Monde) -> None:
    """An outdated request is not announced: it was accepted and answered before the worker ran."""
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    take_mails()
    demander_reouverture(monde.saisine, "Le car arrive toujours trop tard.", par=monde.samira)
    rouvrir_saisine(monde.saisine, "Vous avez raison, rien n’est fini.", par=monde.agent)
    regler_saisine(monde.saisine, LONGUE, par=monde.agent)
    assert {mail.evenement for mail in take_mails()} == {"saisine_rouverte", "saisine_reglee"}
    assert db.session.query(Annonce).count() == 0
