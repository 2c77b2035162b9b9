"""A hidden text is also erased from pending e-mails and from the outbox."""

from typing import Any

import pytest
from sqlalchemy import select, update

from devtools.factories import LONGUE, Monde, make_brouillon
from devtools.smtp import Serveur
from mse.avis.use_cases import donner_avis
from mse.core.clock import now
from mse.depot.use_cases.deposer import deposer_fiche
from mse.depot.use_cases.preciser import preciser_fiche
from mse.extensions import db
from mse.fiches.models import Etape, Fiche
from mse.fiches.use_cases.traiter import repondre_saisine
from mse.fiches.workflow import Valeur
from mse.moderation.use_cases import masquer_etape
from mse.notifications.models import Courriel
from mse.notifications.worker import drain
from tests.notifications.conftest import rows, take_mails, tell_at_once

NOMME = f"{LONGUE}\n\n\n\nC’est *Madame Dupont* qui l’a dit : 100 % des cars."
RAISON = "Ce texte nomme une personne."


@pytest.fixture
def monde(monde: Monde) -> Monde:
    take_mails()
    tell_at_once(monde.agent, monde.referent, monde.autre_agent, monde.animatrice)
    return monde


def _masquer(monde: Monde) -> None:
    etape = db.session.scalars(select(Etape).where(Etape.texte.contains("Dupont"))).one()
    masquer_etape(etape, RAISON, par=monde.animatrice)


def test_un_courriel_qui_attend_part_sans_le_texte_masque(monde: Monde, serveur: Serveur) -> None:
    repondre_saisine(monde.saisine, NOMME, par=monde.agent)
    assert all("Dupont" in mail.texte and "Dupont" in mail.html for mail in rows())
    _masquer(monde)
    drain()
    assert len(serveur.recus) == 2
    for message in serveur.recus:
        corps = [part.get_content() for part in message.walk() if part.get_content_maintype() == "text"]
        assert len(corps) == 2
        for texte in corps:
            assert "Dupont" not in texte
            assert "masqué par l’équipe d’animation" in texte
            assert "a répondu" in texte
            assert "/avis/" in texte


@pytest.mark.parametrize("geste", ["precision", "avis"])
def test_la_boite_d_envoi_n_en_garde_rien(monde: Monde, geste: str) -> None:
    if geste == "precision":
        preciser_fiche(monde.fiche, "Madame Dupont l’a dit lundi.", par=monde.samira)
    else:
        repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
        donner_avis(monde.saisine, Valeur.NON, "Madame Dupont ne répond jamais.", par=monde.samira)
    concernes = [mail for mail in rows() if "Dupont" in mail.texte]
    assert concernes
    for mail in concernes:
        mail.envoye_le = now()
    db.session.commit()
    _masquer(monde)
    assert not any("Dupont" in f"{mail.texte}{mail.html}{mail.sujet}" for mail in rows())


def test_la_meme_reponse_a_une_autre_fiche_se_lit_encore(monde: Monde) -> None:
    """Only e-mails about the same fiche are erased, although the URL of fiche 1 is a prefix of fiche 10."""
    autre = make_brouillon(monde.promotion, monde.samira)
    db.session.execute(update(Fiche).where(Fiche.id == autre.id).values(id=10 * monde.fiche.id))
    db.session.commit()
    autre = db.session.get_one(Fiche, 10 * monde.fiche.id)
    deposer_fiche(autre, par=monde.samira)
    take_mails()
    repondre_saisine(autre.saisines[0], NOMME, par=monde.agent)
    ailleurs = {mail.id for mail in rows()}
    repondre_saisine(monde.saisine, NOMME, par=monde.agent)
    rows()
    etape = db.session.scalars(
        select(Etape).where(Etape.fiche_id == monde.fiche.id, Etape.texte == NOMME)
    ).one()
    masquer_etape(etape, RAISON, par=monde.animatrice)
    assert {mail.id for mail in rows() if "Dupont" in mail.texte and "Dupont" in mail.html} == ailleurs


def test_les_autres_courriels_gardent_leurs_mots(monde: Monde) -> None:
    preciser_fiche(monde.fiche, "Madame Dupont l’a dit lundi.", par=monde.samira)
    preciser_fiche(monde.fiche, "Le car de 8 h 42 est supprimé.", par=monde.karim)
    _masquer(monde)
    textes: list[Any] = list(db.session.scalars(select(Courriel.texte)))
    assert textes == []  # e-mails are written later, from the étape as it is then
    ecrits = rows()
    assert not any("Dupont" in mail.texte for mail in ecrits)
    assert sum("supprimé" in mail.texte for mail in ecrits) == 3
