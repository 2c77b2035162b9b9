"""Private messages between the owner and the delegates."""

import shutil
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from devtools.factories import JOUR, LONGUE, Monde, make_agent, make_delegue, make_promotion
from mse.comptes.models import Compte
from mse.core.clock import at, today
from mse.core.errors import Interdit
from mse.core.files import Envoi
from mse.echanges.models import Message, PieceMessage
from mse.echanges.queries import read_page
from mse.echanges.use_cases import ecrire_message, marquer_lu
from mse.extensions import db
from mse.fiches.models import Saisine
from mse.moderation.use_cases import retirer_fiche
from mse.responsables.use_cases import annuler_transfert, transferer_saisine
from tests.concurrency import get, together
from tests.espace import lire
from tests.fichiers import SECRETS, pdf, photo

pytestmark = pytest.mark.usefixtures("jour")
QUESTION = "À quelle heure part le premier car ?"
MOTIF = "Cette équipe connaît mieux le sujet que la nôtre."


@pytest.fixture(autouse=True)
def _no_file_of_another_test(app: Flask) -> None:
    shutil.rmtree(PieceMessage.store.root, ignore_errors=True)


def ecrire(saisine: Saisine, texte: str, par: Compte, **options: Any) -> None:
    assert ecrire_message(saisine, texte, cle=str(uuid4()), par=par, **options) == []


def lus(saisine: Saisine, par: Compte) -> list[tuple[str, str]]:
    """What the person reads: who speaks, what is said."""
    return [(ligne.de, ligne.message.texte) for ligne in read_page(saisine, par).lignes]


def attendent(compte: Compte) -> list[str]:
    return [ligne.titre for ligne in lire(compte).get("messages", ())]


def ouvrir(saisine: Saisine, compte: Compte) -> None:
    """Read the thread as the page does."""
    recu = read_page(saisine, compte).recu
    if recu is not None:
        marquer_lu(saisine, recu, par=compte)


def test_le_delegue_lit_l_acteur_et_l_agent_lit_les_prenoms(monde: Monde) -> None:
    ecrire(monde.saisine, QUESTION, monde.agent)
    ecrire(monde.saisine, "À 8 h 42.", monde.samira)
    assert lus(monde.saisine, monde.karim) == [
        ("Service Cars régionaux", QUESTION),
        ("Samira", "À 8 h 42."),
    ]
    assert lus(monde.saisine, monde.referent) == [
        ("Ada, votre équipe", QUESTION),
        ("Samira, délégué·e", "À 8 h 42."),
    ]


def test_lu_par_qui_et_quand(monde: Monde) -> None:
    ecrire(monde.saisine, QUESTION, monde.agent)
    assert read_page(monde.saisine, monde.agent).lignes[-1].lectures == []
    with at(JOUR + timedelta(hours=2)):
        ouvrir(monde.saisine, monde.karim)
    with at(JOUR + timedelta(hours=3)):
        ouvrir(monde.saisine, monde.karim)
    assert read_page(monde.saisine, monde.agent).lignes[-1].lectures == [
        ("Karim, délégué·e", JOUR + timedelta(hours=2))
    ]
    ecrire(monde.saisine, "À 8 h 42.", monde.samira)
    with at(JOUR + timedelta(hours=5)):
        ouvrir(monde.saisine, monde.agent)
    with at(JOUR + timedelta(hours=6)):
        ouvrir(monde.saisine, monde.referent)
    assert read_page(monde.saisine, monde.samira).lignes[-1].lectures == [
        ("Service Cars régionaux", JOUR + timedelta(hours=5))
    ]


def test_ce_qui_n_est_pas_lu_attend_de_l_autre_cote(monde: Monde) -> None:
    titre = monde.fiche.titre
    ecrire(monde.saisine, QUESTION, monde.agent)
    assert [attendent(qui) for qui in (monde.samira, monde.karim, monde.lea)] == [[titre], [titre], []]
    assert attendent(monde.agent) == []
    ouvrir(monde.saisine, monde.samira)
    assert [attendent(qui) for qui in (monde.samira, monde.karim)] == [[], [titre]]
    ecrire(monde.saisine, "À 8 h 42.", monde.samira)
    assert [attendent(qui) for qui in (monde.samira, monde.karim)] == [[], []]
    assert [attendent(qui) for qui in (monde.agent, monde.referent)] == [[titre], [titre]]


def test_le_nouveau_responsable_lit_tout_et_l_ancien_plus_rien(monde: Monde) -> None:
    ecrire(monde.saisine, QUESTION, monde.agent)
    ecrire(monde.saisine, "À 8 h 42.", monde.samira)
    transferer_saisine(monde.saisine, monde.remuneration.id, MOTIF, par=monde.agent)
    assert lus(monde.saisine, monde.autre_agent) == [
        ("Service Cars régionaux", QUESTION),
        ("Samira, délégué·e", "À 8 h 42."),
    ]
    assert attendent(monde.autre_agent) == [monde.fiche.titre]
    assert attendent(monde.agent) == []
    with pytest.raises(Interdit):
        ecrire_message(monde.saisine, QUESTION, cle=str(uuid4()), par=monde.agent)
    annuler_transfert(monde.saisine, par=monde.agent)
    assert (attendent(monde.agent), attendent(monde.autre_agent)) == ([monde.fiche.titre], [])


def test_qui_n_est_pas_de_l_echange_n_ecrit_pas(monde: Monde) -> None:
    for qui in (monde.animatrice, monde.admin, monde.lea, monde.ancienne, monde.autre_agent):
        with pytest.raises(Interdit):
            ecrire_message(monde.saisine, QUESTION, cle=str(uuid4()), par=qui)
    assert db.session.scalars(select(Message)).all() == []


def test_un_ancien_delegue_lit_les_messages_de_son_temps(monde: Monde, as_: Any) -> None:
    saisine = monde.saisine
    ecrire(saisine, QUESTION, monde.agent)
    mandat = next(mandat for mandat in monde.promotion.mandats if mandat.compte is monde.karim)
    mandat.fin = today()
    db.session.commit()
    with at(JOUR + timedelta(days=1)):
        ecrire(saisine, "CANARI-APRES", monde.samira, envois=[Envoi("plan.pdf", BytesIO(pdf("plan")))])
        page = as_(monde.karim).get(f"/fiches/{saisine.fiche_id}/saisines/{saisine.id}/echanges")
        assert page.status_code == 200
        assert QUESTION in page.text
        assert "CANARI-APRES" not in page.text
        assert "<textarea" not in page.text
        piece = db.session.scalars(select(PieceMessage)).one()
        url = f"/fiches/{saisine.fiche_id}/saisines/{saisine.id}/echanges/pieces/{piece.id}"
        assert as_(monde.karim).get(url).status_code == 404
        assert as_(monde.agent).get(url).status_code == 200


def test_la_promotion_qui_continue_lit_et_ecrit(monde: Monde) -> None:
    ecrire(monde.saisine, QUESTION, monde.agent)
    suite = make_promotion(monde.lavande, succede_a=monde.promotion)
    nora = make_delegue(suite, "Nora")
    assert lus(monde.saisine, nora) == [("Service Cars régionaux", QUESTION)]
    ecrire(monde.saisine, "À 8 h 42.", nora)


def test_une_fiche_retiree_ne_recoit_plus_de_message(monde: Monde, as_: Any) -> None:
    ecrire(monde.saisine, QUESTION, monde.agent)
    retirer_fiche(monde.fiche, MOTIF, par=monde.animatrice)
    url = f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}/echanges"
    assert as_(monde.agent).get(url).status_code == 404
    page = as_(monde.samira).get(url)
    assert page.status_code == 200
    assert "<textarea" not in page.text
    for qui in (monde.agent, monde.samira):
        with pytest.raises(Interdit):
            ecrire_message(monde.saisine, QUESTION, cle=str(uuid4()), par=qui)


def test_une_photo_perd_ses_metadonnees_et_un_refus_n_envoie_rien(monde: Monde, as_: Any) -> None:
    saisine = monde.saisine
    envois = [Envoi("arret.jpg", BytesIO(photo())), Envoi("page.html", BytesIO(b"<script>1</script>"))]
    refus = ecrire_message(saisine, "Voici l’arrêt.", cle=str(uuid4()), envois=envois, par=monde.samira)
    assert ["page.html" in phrase for phrase in refus] == [True]
    assert db.session.scalars(select(Message)).all() == []
    assert [*PieceMessage.store.root.iterdir()] == []
    envois = [Envoi("arret.jpg", BytesIO(photo())), Envoi("arret.jpg", BytesIO(photo()))]
    ecrire(saisine, "Voici l’arrêt.", monde.samira, envois=envois)
    piece = db.session.scalars(select(PieceMessage)).one()
    assert {fichier.name for fichier in PieceMessage.store.root.iterdir()} == set(piece.fichiers)
    assert not any(secret in piece.chemin.read_bytes() for secret in SECRETS)
    url = f"/fiches/{saisine.fiche_id}/saisines/{saisine.id}/echanges/pieces/{piece.id}"
    assert as_(monde.agent).get(f"{url}/vignette").status_code == 200
    for qui in (monde.animatrice, monde.admin, monde.lea, monde.autre_agent):
        for suite in ("", "/vignette"):
            assert as_(qui).get(url + suite).status_code == 404


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_deux_clics_au_meme_instant_envoient_un_message(app: Flask, monde: Monde) -> None:
    cle, saisine, samira = str(uuid4()), monde.saisine.id, monde.samira.id

    def envoyer() -> list[str]:
        envois = [Envoi("plan.pdf", BytesIO(pdf("plan")))]
        return ecrire_message(get(Saisine, saisine), LONGUE, cle=cle, envois=envois, par=get(Compte, samira))

    assert together(app, envoyer, envoyer) == [None, None]
    assert len(db.session.scalars(select(Message)).all()) == 1
    piece = db.session.scalars(select(PieceMessage)).one()
    assert {fichier.name for fichier in PieceMessage.store.root.iterdir()} == set(piece.fichiers)


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_deux_personnes_ecrivent_au_meme_instant(app: Flask, monde: Monde) -> None:
    saisine, samira, agent = monde.saisine.id, monde.samira.id, monde.agent.id

    def envoyer(qui: int) -> list[str]:
        return ecrire_message(get(Saisine, saisine), LONGUE, cle=str(uuid4()), par=get(Compte, qui))

    assert together(app, lambda: envoyer(samira), lambda: envoyer(agent)) == [None, None]
    assert len(db.session.scalars(select(Message)).all()) == 2


def test_beaucoup_de_messages_se_lisent_page_par_page(monde: Monde, as_: Any) -> None:
    make_agent(monde.transports, "Ines")
    for rang in range(31):
        ecrire(monde.saisine, f"Message {rang}.", monde.agent)
    page = read_page(monde.saisine, monde.samira)
    assert [ligne.message.texte for ligne in page.lignes[:1]] == ["Message 1."]
    url = f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}/echanges"
    ancienne = as_(monde.samira).get(f"{url}?avant={page.avant}")
    assert "Message 0." in ancienne.text
    assert "Message 1." not in ancienne.text
    assert as_(monde.samira).get(f"{url}?avant=x").status_code == 422
