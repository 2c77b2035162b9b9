"""PDF of a report that was sent. The worker writes it once, because its figures never change."""

from io import BytesIO
from typing import Any

from flask import current_app

from mse.annuaire.queries import list_noms_de_themes
from mse.bilans.libelles import dire_delai, dire_destination, dire_raison
from mse.bilans.models import EnvoiBilan
from mse.bilans.queries.rapports import list_a_imprimer, list_pdfs_connus, map_titres
from mse.bilans.use_cases.envoyer import ranger_pdf
from mse.core.database import reading
from mse.core.pdf import can_write_pdf, write_pdf
from mse.core.use_cases import release
from mse.core.web import lien
from mse.demarche import get_demarche
from mse.fiches.api import AVIS


def imprimer_bilans() -> None:
    """Worker task: write the PDF of the reports that have none. Do nothing without WeasyPrint."""
    with reading():
        envois = list_a_imprimer()
    release()
    if envois and can_write_pdf():
        with reading():
            pages = [(envoi.id, _write_page(envoi)) for envoi in envois]
        release()
        for envoi_id, page in pages:
            ranger_pdf(envoi_id, BytesIO(write_pdf(page, _render("papier/bulletin.css"))))


def balayer_bilans() -> int:
    """Worker task: delete the files that no report references. Return their number."""
    with reading():
        return EnvoiBilan.store.sweep(list_pdfs_connus)


def _write_page(envoi: EnvoiBilan) -> str:
    rapport = envoi.rapport
    return _render(
        "papier/bilan.html",
        envoi=envoi,
        acteur=envoi.acteur,
        trimestre=envoi.trimestre,
        rapport=rapport,
        raison=dire_raison(rapport.chiffres),
        raison_avant=dire_raison(rapport.avant),
        a_qui=dire_destination(envoi.a_qui, envoi.destinataires),
        dire_delai=dire_delai,
        titres=map_titres({une.fiche_id for une in rapport.lignes}),
        themes=dict(list_noms_de_themes()),
        avis=AVIS,
        minimum=get_demarche().meteo.minimum,
        adresse=lien("bilans.bilan", acteur_id=envoi.acteur_id, trimestre=envoi.trimestre.code),
    )


def _render(template: str, **context: Any) -> str:
    """Render a template without the context processors of web pages, because the worker handles no
    request."""
    return current_app.jinja_env.get_template(template).render(context)
