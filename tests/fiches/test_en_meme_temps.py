"""Concurrent use cases on fiches: filing, closing an acteur, removing files, double clicks."""

from functools import partial
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from devtools.factories import LONGUE, Monde, make_brouillon
from mse.annuaire.models import Acteur
from mse.annuaire.use_cases.gerer import fermer_acteur
from mse.comptes.models import Compte
from mse.core.errors import Conflit, TransitionInterdite
from mse.core.files import Envoi
from mse.depot.brouillons import read_etape
from mse.depot.use_cases.deposer import commencer_fiche, deposer_fiche, ecrire_brouillon, supprimer_brouillon
from mse.depot.use_cases.joindre import joindre_pieces, retirer_piece
from mse.extensions import db
from mse.fiches.models import Fiche, Piece, Saisine
from mse.fiches.use_cases.traiter import repondre_saisine, rouvrir_saisine
from mse.fiches.workflow import NatureEtape, Statut
from tests.concurrency import get, together
from tests.fichiers import pdf

pytestmark = pytest.mark.parametrize("app", ["postgresql"], indirect=True)
MOTIF = "Cette question relève de la rémunération."


def test_on_depose_chez_un_acteur_qui_ferme(app: Flask, monde: Monde) -> None:
    """The fiche is filed without the acteur that has just closed."""
    brouillon = make_brouillon(monde.promotion, monde.samira, destinataires=[monde.remuneration.id])
    fiche, acteur = brouillon.id, monde.remuneration.id
    anouk, samira = monde.animatrice.id, monde.samira.id
    assert together(
        app,
        lambda: fermer_acteur(get(Acteur, acteur), par=get(Compte, anouk)),
        lambda: deposer_fiche(get(Fiche, fiche), par=get(Compte, samira)),
    ) == [None, None]
    assert get(Acteur, acteur).est_ferme
    assert get(Fiche, fiche).est_publique
    assert get(Fiche, fiche).saisines == []


def test_un_double_clic_commence_puis_depose_une_fiche(app: Flask, monde: Monde) -> None:
    """Two simultaneous requests of the same person create one draft, then file it once."""
    cle, promotion, samira = str(uuid4()), monde.promotion.id, monde.samira.id

    def commencer() -> None:
        commencer_fiche(cle=cle, promotion_id=promotion, theme_code="transport", par=get(Compte, samira))

    assert together(app, commencer, commencer) == [None, None]
    fiche = make_brouillon(monde.promotion, monde.samira).id

    def deposer() -> None:
        deposer_fiche(get(Fiche, fiche), par=get(Compte, samira))

    assert together(app, deposer, deposer) == [None, None]
    db.session.expire_all()
    assert [etape.nature for etape in get(Fiche, fiche).etapes] == [NatureEtape.DEPOT]


@pytest.mark.parametrize("geste", [deposer_fiche, partial(ecrire_brouillon, causes="Les horaires.")])
def test_l_autre_delegue_supprime_le_brouillon_qu_on_ecrit(app: Flask, monde: Monde, geste: Any) -> None:
    brouillon = make_brouillon(monde.promotion, monde.samira).id
    samira, karim = monde.samira.id, monde.karim.id
    supprime, refus = together(
        app,
        lambda: supprimer_brouillon(get(Fiche, brouillon), par=get(Compte, karim)),
        lambda: geste(get(Fiche, brouillon), par=get(Compte, samira)),
    )
    assert supprime is None
    assert isinstance(refus, TransitionInterdite)
    assert "supprimé" in str(refus)


def test_un_double_clic_sur_suivant_n_accuse_personne(app: Flask, monde: Monde) -> None:
    brouillon = make_brouillon(monde.promotion, monde.samira)
    fiche, samira = brouillon.id, monde.samira.id
    lue = read_etape(brouillon, ["causes"])["version"]

    def ecrire() -> None:
        ecrire_brouillon(get(Fiche, fiche), causes="Les horaires.", lue=lue, par=get(Compte, samira))

    assert together(app, ecrire, ecrire) == [None, None]


def test_on_retire_un_fichier_d_une_fiche_qui_se_depose(app: Flask, monde: Monde) -> None:
    """If one delegate files while the other removes a file, the removal fails with a `Conflit`."""
    brouillon = make_brouillon(monde.promotion, monde.samira)
    joindre_pieces(brouillon, [Envoi("plan.pdf", BytesIO(pdf()))], par=monde.samira)
    fiche, piece = brouillon.id, db.session.scalar(select(Piece.id)) or 0
    samira, karim = monde.samira.id, monde.karim.id
    deposee, refus = together(
        app,
        lambda: deposer_fiche(get(Fiche, fiche), par=get(Compte, samira)),
        lambda: retirer_piece(get(Fiche, fiche), piece, par=get(Compte, karim)),
    )
    assert deposee is None
    assert isinstance(refus, Conflit)
    assert get(Fiche, fiche).nombre_pieces == 1


def test_on_rouvre_chez_un_acteur_qui_ferme(app: Flask, monde: Monde) -> None:
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    saisine, acteur, anouk, agent = monde.saisine.id, monde.transports.id, monde.animatrice.id, monde.agent.id
    ferme, refus = together(
        app,
        lambda: fermer_acteur(get(Acteur, acteur), par=get(Compte, anouk)),
        lambda: rouvrir_saisine(get(Saisine, saisine), MOTIF, par=get(Compte, agent)),
    )
    assert ferme is None
    assert isinstance(refus, TransitionInterdite)
    db.session.expire_all()
    assert get(Saisine, saisine).statut == Statut.REPONSE


def test_un_double_clic_ne_commence_qu_une_fiche(app: Flask, monde: Monde) -> None:
    cle, promotion, samira = str(uuid4()), monde.promotion.id, monde.samira.id

    def clic() -> None:
        par = get(Compte, samira)
        commencer_fiche(cle=cle, promotion_id=promotion, theme_code="transport", par=par)

    assert together(app, clic, clic) == [None, None]
    assert len(db.session.scalars(select(Fiche.id).where(Fiche.cle == cle)).all()) == 1
