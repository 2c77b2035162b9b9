"""The saisines of an acteur as CSV and XLSX."""

from datetime import date
from typing import Any

from flask import Response

from mse.annuaire.models import Acteur
from mse.annuaire.queries import get_acteur
from mse.core.clock import local_date, today
from mse.core.csv_writing import write_csv
from mse.core.rate_limit import rate_limited
from mse.core.text import _
from mse.core.web import droit, lien
from mse.core.xlsx_writing import write_xlsx
from mse.fiches.api import STATUTS
from mse.travail.policies import peut_exporter
from mse.travail.queries import list_exportees
from mse.travail.views import bp

LIGNES_MAX = 20_000  # about 5 MB; the newest saisines
PAR_ADRESSE, EN_TOUT = 6, 30  # files a minute
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LARGEURS = (8, 50, 24, 24, 30, 14, 10, 14, 14, 14, 14, 14, 24, 40)

Cellule = str | int | date | None


@bp.get("/acteurs/<int:acteur_id>/saisines.csv")
@droit(peut_exporter, sur=get_acteur)
def exporter_csv(acteur: Acteur) -> Response:
    return _download(write_csv(_tableau(acteur)), "text/csv", acteur, "csv")


@bp.get("/acteurs/<int:acteur_id>/saisines.xlsx")
@droit(peut_exporter, sur=get_acteur)
def exporter_xlsx(acteur: Acteur) -> Response:
    content = write_xlsx(_tableau(acteur), title=_("Fiches"), widths=_LARGEURS)
    return _download(content, _XLSX, acteur, "xlsx")


@rate_limited(PAR_ADRESSE, EN_TOUT)
def _tableau(acteur: Acteur) -> list[list[Cellule]]:
    """Return a header, then one row for each saisine. Dates are local."""
    titres = [_("fiche"), _("titre"), _("thème"), _("territoire"), _("promotion"), _("fin de formation")]
    titres += [
        _("personnes"),
        _("statut"),
        _("déposée le"),
        _("prise en charge le"),
        _("réponse attendue le"),
    ]
    titres += [_("dernière réponse le"), _("qui s’en occupe"), _("adresse")]
    return [[*titres], *(_ligne(une) for une in list_exportees(acteur.id, limit=LIGNES_MAX))]


def _ligne(une: Any) -> list[Cellule]:
    return [
        une.fiche_id,
        une.titre,
        une.theme,
        une.territoire,
        une.promotion,
        une.fin,
        une.effectif_concerne,
        str(STATUTS[une.statut]),
        local_date(une.deposee_le),
        une.prise_en_charge_le and local_date(une.prise_en_charge_le),
        une.reponse_due,
        une.derniere_reponse_le and local_date(une.derniere_reponse_le),
        f"{une.prenom} {une.nom}" if une.prenom else None,
        lien("fiches.detail", fiche_id=une.fiche_id),
    ]


def _download(content: bytes, mimetype: str, acteur: Acteur, extension: str) -> Response:
    response = Response(content, mimetype=mimetype)
    name = f"fiches-{acteur.id}-{today()}.{extension}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Cache-Control"] = "private, no-store"
    return response
