"""Files of an answer, from two windows at the same instant (PostgreSQL)."""

import shutil

import pytest
from flask import Flask

from devtools.factories import LONGUE, Monde
from mse.comptes.models import Compte
from mse.extensions import db
from mse.fiches.models import Saisine
from mse.fiches.use_cases.traiter import repondre_saisine
from mse.redaction.models import BrouillonReponse, PieceReponse
from mse.redaction.use_cases.fichiers import masquer_piece
from tests.concurrency import get, together
from tests.redaction.fichiers import joindre, list_pieces, repondre_avec

pytestmark = pytest.mark.parametrize("app", ["postgresql"], indirect=True)


@pytest.fixture(autouse=True)
def _no_file_of_another_test(app: Flask) -> None:
    shutil.rmtree(PieceReponse.store.root, ignore_errors=True)


def sur_disque() -> set[str]:
    return {fichier.name for fichier in PieceReponse.store.root.glob("*")}


def test_deux_clics_joignent_une_fois(app: Flask, monde: Monde) -> None:
    saisine, ada = monde.saisine.id, monde.agent.id

    def cliquer() -> list[str]:
        return joindre(get(Saisine, saisine), get(Compte, ada))

    assert together(app, cliquer, cliquer) == [None, None]
    assert len(list_pieces()) == 1
    assert sur_disque() == set(list_pieces()[0].fichiers)


@pytest.mark.parametrize("publie_d_abord", [True, False])
def test_joindre_pendant_que_la_reponse_part(app: Flask, monde: Monde, publie_d_abord: bool) -> None:
    """A file that arrives after the answer is dropped: it stays neither in a draft nor on the disk."""
    saisine, ada = monde.saisine.id, monde.agent.id
    gestes = [
        lambda: repondre_saisine(get(Saisine, saisine), LONGUE, par=get(Compte, ada)),
        lambda: joindre(get(Saisine, saisine), get(Compte, ada)),
    ]
    assert together(app, *(gestes if publie_d_abord else gestes[::-1])) == [None, None]
    db.session.rollback()
    assert db.session.query(BrouillonReponse).count() == 0
    assert sur_disque() == {nom for piece in list_pieces() for nom in piece.fichiers}


def test_deux_animatrices_masquent_le_meme_fichier(app: Flask, monde: Monde) -> None:
    piece, anouk = repondre_avec(monde.saisine, monde.agent)[0].id, monde.animatrice.id

    def masquer() -> None:
        masquer_piece(get(PieceReponse, piece), "On y lit un nom de famille.", par=get(Compte, anouk))

    assert together(app, masquer, masquer) == [None, None]
    assert list_pieces()[0].est_masquee
