"""PDF of a bulletin. The worker writes it once, because the figures of a published bulletin never change."""

import base64
from io import BytesIO
from typing import Any

from flask import Response, abort, current_app

from mse.core.database import reading
from mse.core.pdf import can_write_pdf, write_pdf
from mse.core.use_cases import release
from mse.core.web import PUBLIC, droit, lien, send_stored
from mse.meteo.carte import dessiner
from mse.meteo.etats import Etat
from mse.meteo.libelles import MESURES
from mse.meteo.models import Bulletin
from mse.meteo.queries.bulletins import get_bulletin, list_a_imprimer, list_etats
from mse.meteo.use_cases import ranger_pdf
from mse.meteo.views import bp


@bp.get("/meteo/bulletins/<int:bulletin_id>.pdf")
@droit(PUBLIC, sur=get_bulletin)
def bulletin_pdf(bulletin: Bulletin) -> Response:
    if bulletin.pdf is None:
        abort(404)
    return send_stored(
        Bulletin.store.path(bulletin.pdf), "application/pdf", name=f"bulletin-{bulletin.jour}.pdf"
    )


def imprimer_bulletins() -> None:
    """Worker task: write the PDF of the published bulletins that have none. Do nothing without WeasyPrint."""
    with reading():
        bulletins = list_a_imprimer()
    release()
    if bulletins and can_write_pdf():
        with reading():
            pages = [(bulletin.id, _write_page(bulletin)) for bulletin in bulletins]
        release()
        for bulletin_id, page in pages:
            ranger_pdf(bulletin_id, BytesIO(write_pdf(page, _render("papier/bulletin.css"))))


def _write_page(bulletin: Bulletin) -> str:
    tout, *parties = list_etats(bulletin)
    carte = dessiner(tuple((partie.code, partie.nom) for partie in parties))
    svg = _render("papier/carte.svg", carte=carte, par_code={etat.code: etat for etat in parties})
    return _render(
        "papier/bulletin.html",
        bulletin=bulletin,
        tout=tout,
        parties=parties,
        mesures=MESURES,
        carte=base64.b64encode(svg.encode()).decode() if carte.formes else None,
        carte_en_mots=_describe_map(parties),
        adresse=lien("meteo.bulletin", bulletin_id=bulletin.id),
    )


def _describe_map(parties: list[Etat]) -> str:
    """Return the text alternative of the map."""
    return "\u202f; ".join(
        f"{etat.nom} : {etat.mot}" if etat.indice is None else f"{etat.nom} : {etat.mot}, {etat.indice}"
        for etat in parties
    )


def _render(template: str, **context: Any) -> str:
    """Render a template without the context processors of web pages, because the worker handles no
    request."""
    return current_app.jinja_env.get_template(template).render(context)
