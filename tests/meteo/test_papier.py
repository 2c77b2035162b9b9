"""A published bulletin as an accessible PDF (PDF/UA), written once."""

from io import BytesIO
from typing import Any
from uuid import uuid4

import pikepdf
import pytest
from flask import Flask
from sqlalchemy import func, select

from devtools.factories import LONGUE, Monde
from devtools.requirements import absent
from mse.core import pdf
from mse.core.clock import today
from mse.extensions import db
from mse.fiches.use_cases import traiter
from mse.meteo.models import Bulletin
from mse.meteo.pdfs import balayer_pdfs
from mse.meteo.use_cases import actualiser, composer_bulletin, publier_bulletin
from mse.meteo.views import papier
from mse.meteo.views.papier import imprimer_bulletins


@pytest.fixture
def bulletin(monde: Monde) -> Bulletin:
    if not pdf.can_write_pdf():
        absent("pango", "WeasyPrint ne se charge pas")
    traiter.regler_saisine(monde.saisine, LONGUE, par=monde.agent)
    actualiser()
    texte = "Un mois de soleil. Une image d’ailleurs : ![x](http://127.0.0.1:9/x.png)"
    return composer_bulletin(cle=str(uuid4()), titre="Mars", texte=texte, jour=today(), par=monde.animatrice)


def test_un_bulletin_publie_se_lit_sur_papier(monde: Monde, bulletin: Bulletin, client: Any) -> None:
    adresse = f"/meteo/bulletins/{bulletin.id}.pdf"
    imprimer_bulletins()  # a draft gets no PDF
    assert client.get(adresse).status_code == 404
    publier_bulletin(bulletin, par=monde.animatrice)
    assert client.get(adresse).status_code == 404
    imprimer_bulletins()
    db.session.refresh(bulletin)
    premier = bulletin.pdf
    imprimer_bulletins()
    db.session.refresh(bulletin)
    assert bulletin.pdf == premier
    page = client.get(f"/meteo/bulletins/{bulletin.id}").text
    assert adresse in page
    pris = client.get(adresse)
    assert pris.mimetype == "application/pdf"
    balayer_pdfs()
    assert client.get(adresse).status_code == 200  # the sweep keeps the file that a row names
    with pikepdf.open(BytesIO(pris.data)) as lu:
        assert lu.Root.MarkInfo.Marked  # tagged PDF
        assert str(lu.Root.Lang) == "fr"
        assert lu.open_metadata()["pdfuaid:part"] == "1"
        assert lu.docinfo["/Title"] == "Mars"
        figures = [node for node in _nodes(lu.Root.StructTreeRoot.K) if node.get("/S") == "/Figure"]
        assert figures, "the map"
        assert all("Bouches-du-Rhône" in str(figure.Alt) for figure in figures)
        assert any(node.get("/S") == "/TH" for node in _nodes(lu.Root.StructTreeRoot.K))


def _nodes(node: Any) -> list[Any]:
    """All structure elements of the PDF below `node`."""
    if isinstance(node, pikepdf.Array):
        return [found for child in node for found in _nodes(child)]
    if isinstance(node, pikepdf.Dictionary):
        return [node, *_nodes(node.get("/K"))]
    return []


def test_sans_weasyprint_il_n_y_a_pas_de_pdf_et_rien_ne_tombe(
    app: Flask, monde: Monde, bulletin: Bulletin, monkeypatch: pytest.MonkeyPatch
) -> None:
    publier_bulletin(bulletin, par=monde.animatrice)
    monkeypatch.setitem(__import__("sys").modules, "weasyprint", None)
    pdf.can_write_pdf.cache_clear()
    imprimer_bulletins()
    pdf.can_write_pdf.cache_clear()
    assert db.session.scalar(select(Bulletin.pdf)) is None


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)  # SQLite locks the whole database
def test_on_ecrit_pendant_qu_un_pdf_se_dessine(monde: Monde, bulletin: Bulletin, lent: Any) -> None:
    texte = "Le même mois, dit autrement par l’équipe."
    second = composer_bulletin(
        cle=str(uuid4()), titre="Encore mars", texte=texte, jour=today(), par=monde.animatrice
    )
    for publie in (bulletin, second):
        publier_bulletin(publie, par=monde.animatrice)
    charges, dessines = lent(papier, "can_write_pdf"), lent(papier, "write_pdf")
    imprimer_bulletins()
    assert (len(charges), len(dessines)) == (1, 2)
    assert db.session.scalar(select(func.count(Bulletin.pdf))) == 2
