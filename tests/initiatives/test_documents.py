"""Documents of an initiative: everybody may download them, only porteurs may add or remove them."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from devtools.factories import Monde, make_initiative
from mse.core.errors import Interdit, TransitionInterdite
from mse.core.files import Envoi, sweep
from mse.extensions import db
from mse.initiatives.limites import DOCUMENTS_MAX
from mse.initiatives.models import Document, Initiative
from mse.initiatives.queries import list_documents
from mse.initiatives.use_cases import (
    ajouter_documents,
    retirer_document,
    retirer_initiative,
)
from tests.fichiers import docx, pdf, photo


@pytest.fixture(autouse=True)
def _reserve_vide(app: Flask) -> None:
    for path in ranges():
        path.unlink()


@pytest.fixture
def initiative(monde: Monde) -> Initiative:
    return make_initiative(monde.promotion, monde.samira)


def ranges() -> list[Path]:
    return sorted(Document.store.root.iterdir()) if Document.store.root.is_dir() else []


def test_un_guide_se_publie_et_chacun_le_prend(monde: Monde, initiative: Initiative, as_: Any) -> None:
    adresse = f"/initiatives/{initiative.id}/documents"
    envoi = {"fichiers": [(BytesIO(pdf()), "Le guide.pdf"), (BytesIO(photo()), "couverture.jpg")]}
    page = as_(monde.samira).poster(adresse, content_type="multipart/form-data", **envoi)
    assert page.status_code == 303
    visiteur = as_(None)
    public = visiteur.get(f"/initiatives/{initiative.id}").text
    guide, couverture = list_documents(initiative.id)
    assert "Le guide.pdf" in public
    pris = visiteur.get(f"{adresse}/{guide.id}")
    assert pris.status_code == 200
    assert pris.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in pris.headers["Content-Security-Policy"]
    image = visiteur.get(f"{adresse}/{couverture.id}/vignette")
    assert image.mimetype == "image/jpeg"
    assert visiteur.get(f"{adresse}/{guide.id}/vignette").status_code == 404


def test_ce_qui_n_est_pas_un_document_est_refuse_avec_son_nom(
    monde: Monde, initiative: Initiative, as_: Any
) -> None:
    adresse = f"/initiatives/{initiative.id}/documents"
    envoi = {"fichiers": [(BytesIO(b"<script>"), "page.html"), (BytesIO(docx(macros=True)), "macro.docx")]}
    page = as_(monde.samira).poster(adresse, content_type="multipart/form-data", **envoi)
    assert page.status_code == 422
    assert "page.html" in page.text
    assert "macro.docx" in page.text
    assert "Choisissez au moins un fichier" in as_(monde.samira).poster(adresse).text
    assert ranges() == []


def test_seuls_ceux_qui_la_portent_en_donnent(monde: Monde, initiative: Initiative) -> None:
    for qui in (monde.lea, monde.agent, monde.admin):
        with pytest.raises(Interdit):
            ajouter_documents(initiative, [Envoi("a.pdf", BytesIO(pdf()))], par=qui)
    assert ajouter_documents(initiative, [Envoi("a.pdf", BytesIO(pdf()))], par=monde.animatrice) == []
    with pytest.raises(Interdit):
        retirer_document(initiative, list_documents(initiative.id)[0].id, par=monde.agent)


def test_deux_fois_le_meme_c_est_une_fois_et_cinq_c_est_le_maximum(
    monde: Monde, initiative: Initiative
) -> None:
    envois = [Envoi(f"{n}.pdf", BytesIO(pdf(str(n)))) for n in (1, 1, 2, 3, 4, 5, 6)]
    [refus] = ajouter_documents(initiative, envois, par=monde.samira)
    assert "6.pdf" in refus
    assert len(list_documents(initiative.id)) == len(ranges()) == DOCUMENTS_MAX


def test_un_document_retire_disparait_du_disque(monde: Monde, initiative: Initiative) -> None:
    ajouter_documents(initiative, [Envoi("a.jpg", BytesIO(photo()))], par=monde.samira)
    [document] = list_documents(initiative.id)
    assert len(ranges()) == 2
    for _deux_fois in range(2):
        retirer_document(initiative, document.id, par=monde.samira)
    assert ranges() == []
    assert sweep(Document) == 0


def test_retiree_l_initiative_cache_aussi_ses_documents(
    monde: Monde, initiative: Initiative, as_: Any
) -> None:
    ajouter_documents(initiative, [Envoi("a.pdf", BytesIO(pdf()))], par=monde.samira)
    [document] = list_documents(initiative.id)
    retirer_initiative(initiative, "Une affiche montre un visage.", par=monde.animatrice)
    adresse = f"/initiatives/{initiative.id}/documents/{document.id}"
    assert as_(None).get(adresse).status_code == 404
    assert as_(monde.samira).get(adresse).status_code == 200
    with pytest.raises(TransitionInterdite, match="retirée"):
        ajouter_documents(initiative, [Envoi("b.pdf", BytesIO(pdf("b")))], par=monde.samira)
    db.session.rollback()
    assert len(ranges()) == 1
