"""The same draft in two windows: an answer is published with the files that its own window shows."""

import shutil
from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from devtools.factories import LONGUE, Monde, hidden_fields
from mse.extensions import db
from mse.fiches.workflow import Statut
from mse.redaction.models import PieceReponse
from tests.fichiers import pdf
from tests.redaction.fichiers import joindre, list_pieces

AUTRE = f"{LONGUE} Le mercredi aussi."


@pytest.fixture(autouse=True)
def _no_file_of_another_test(app: Flask) -> None:
    shutil.rmtree(PieceReponse.store.root, ignore_errors=True)


def page(monde: Monde) -> str:
    return f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}/reponse"


def test_un_fichier_joint_ailleurs_n_est_ni_publie_ni_perdu(monde: Monde, as_: Any) -> None:
    ada, url = as_(monde.agent), page(monde)
    champs = hidden_fields(ada.get(url).text)  # the first window, without a file
    joindre(monde.saisine, monde.agent, ("plan.pdf", pdf()), texte=AUTRE)  # the second one
    refus = ada.post(url, data={**champs, "texte": LONGUE})
    assert refus.status_code == 422
    assert "Un fichier a été ajouté dans une autre fenêtre" in refus.text
    assert LONGUE in refus.text
    assert "plan.pdf" in refus.text
    [piece] = list_pieces()
    assert piece.etape_id is None
    assert db.session.get_one(type(monde.saisine), monde.saisine.id).statut == Statut.EN_COURS
    champs = {**hidden_fields(refus.text), "texte": LONGUE, "piece": str(piece.id)}
    for _clic in range(2):
        assert ada.post(url, data=champs).status_code == 303
    [piece] = list_pieces()
    assert piece.etape is not None
    assert piece.etape.texte == LONGUE


def test_un_fichier_retire_ailleurs_se_dit_avant_de_publier(monde: Monde, as_: Any) -> None:
    ada, url = as_(monde.agent), page(monde)
    joindre(monde.saisine, monde.agent, ("plan.pdf", pdf()))
    ident = str(list_pieces()[0].id)
    champs = hidden_fields(ada.get(url).text)
    retrait = f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}/redaction/repondre/fichiers"
    assert ada.poster(retrait, url, texte=LONGUE, retirer=ident).status_code == 200
    refus = ada.post(url, data={**champs, "texte": LONGUE, "piece": ident})
    assert "Un fichier a été retiré dans une autre fenêtre" in refus.text
    autre = {"texte": LONGUE, "fichiers": (BytesIO(pdf("autre")), "autre.pdf")}
    assert ada.post(url, data={**hidden_fields(refus.text), **autre}).status_code == 303
    assert [(une.nom, une.etape is not None) for une in list_pieces()] == [("autre.pdf", True)]
