"""Files that delegates add to a filed fiche: private, with a dated line of the history."""

import shutil
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from devtools.factories import Monde
from mse.comptes.models import Compte
from mse.core.errors import DonneeInvalide, Interdit
from mse.core.files import Envoi
from mse.depot.limites import PIECES_EN_TOUT
from mse.depot.use_cases.completer import ajouter_pieces
from mse.extensions import db
from mse.fiches.models import Piece
from mse.fiches.workflow import NatureEtape
from mse.moderation.use_cases import retirer_fiche
from tests.fichiers import SECRETS, pdf, photo

pytestmark = pytest.mark.usefixtures("jour")


@pytest.fixture(autouse=True)
def _no_file_of_another_test(app: Flask) -> None:
    shutil.rmtree(Piece.store.root, ignore_errors=True)


def ajouter(monde: Monde, par: Compte, **fichiers: bytes) -> list[str]:
    envois = [Envoi(nom.replace("__", "."), BytesIO(contenu)) for nom, contenu in fichiers.items()]
    return ajouter_pieces(monde.fiche, envois, par=par)


def test_une_photo_ajoutee_reste_privee_et_l_histoire_le_dit(monde: Monde, as_: Any) -> None:
    assert ajouter(monde, monde.samira, arret__jpg=photo()) == []
    piece = db.session.scalars(select(Piece)).one()
    assert not any(secret in piece.chemin.read_bytes() for secret in SECRETS)
    assert monde.fiche.nombre_pieces == 1
    assert monde.fiche.etapes[-1].nature == NatureEtape.PRECISION
    url = f"/fiches/{monde.fiche.id}"
    for qui in (None, monde.lea, monde.autre_agent):
        page = as_(qui).get(url).text
        assert "1 pièce jointe transmise" in page
        assert "ont joint des photos" in page
        assert "arret.jpg" not in page
    for qui in (monde.karim, monde.agent, monde.animatrice):
        assert "arret.jpg" in as_(qui).get(url).text


def test_le_meme_fichier_deux_fois_ne_fait_qu_une_ligne(monde: Monde) -> None:
    for qui in (monde.samira, monde.karim):
        assert ajouter(monde, qui, arret__jpg=photo()) == []
    assert [etape.nature for etape in monde.fiche.etapes].count(NatureEtape.PRECISION) == 1


def test_dix_fichiers_en_tout(monde: Monde) -> None:
    for debut in (0, 5):
        plans = {f"n{n}__pdf": pdf(f"{n}") for n in range(debut, debut + 5)}
        assert ajouter(monde, monde.samira, **plans) == []
    with pytest.raises(DonneeInvalide):
        ajouter(monde, monde.samira, de_trop__pdf=pdf("de trop"))
    assert monde.fiche.nombre_pieces == PIECES_EN_TOUT == len(list(Piece.store.root.iterdir()))


def test_un_fichier_refuse_n_ajoute_rien(monde: Monde) -> None:
    refus = ajouter(monde, monde.samira, arret__jpg=photo(), page__svg=b"<svg/>")
    assert ["page.svg" in phrase for phrase in refus] == [True]
    assert monde.fiche.nombre_pieces == 0
    assert list(Piece.store.root.iterdir()) == []


def test_seuls_les_delegues_d_une_fiche_publique_ajoutent(monde: Monde) -> None:
    for qui in (monde.agent, monde.animatrice, monde.ancienne, monde.lea):
        with pytest.raises(Interdit):
            ajouter(monde, qui, arret__jpg=photo())
    retirer_fiche(monde.fiche, "Cette fiche nomme une personne.", par=monde.animatrice)
    with pytest.raises(Interdit):
        ajouter(monde, monde.samira, arret__jpg=photo())
