"""The report of an acteur for a quarter: page, CSV and PDF."""

from datetime import date
from typing import Any

from flask import Response, abort, redirect, url_for
from flask.typing import ResponseReturnValue

from mse.annuaire.models import Acteur
from mse.annuaire.queries import get_acteur, list_noms_de_themes
from mse.bilans.libelles import dire_delai, dire_destination, dire_raison
from mse.bilans.models import EnvoiBilan
from mse.bilans.policies import peut_envoyer_bilan, peut_lire_bilan
from mse.bilans.queries.rapports import get_acteur_du_bilan, get_envoi, map_titres, read_rapport
from mse.bilans.rapports import Ligne, Rapport
from mse.bilans.trimestres import Trimestre
from mse.bilans.views import bp
from mse.core.clock import today
from mse.core.csv_writing import write_csv
from mse.core.rate_limit import rate_limited
from mse.core.text import _
from mse.core.web import droit, lien, moi, render, send_stored
from mse.demarche import get_demarche
from mse.fiches.api import AVIS

LIGNES_MAX = 200  # of each list on the page; the file has all
PAR_ADRESSE, EN_TOUT = 60, 300  # reports computed a minute

Cellule = str | int | float | date | None


@bp.get("/acteurs/<int:acteur_id>/bilans")
@droit(peut_lire_bilan, sur=get_acteur)
def dernier_bilan(acteur: Acteur) -> ResponseReturnValue:
    """Redirect to the last quarter that is over."""
    return redirect(
        url_for("bilans.bilan", acteur_id=acteur.id, trimestre=Trimestre.du(today()).precedent.code)
    )


@bp.get("/acteurs/<int:acteur_id>/bilans/<trimestre>")
@droit(peut_lire_bilan, sur=get_acteur_du_bilan)
def bilan(acteur: Acteur, trimestre: str) -> ResponseReturnValue:
    quand = read_trimestre(trimestre)
    envoi = get_envoi(acteur.id, quand)
    rapport = _read(acteur, quand, envoi)
    manquees, tenues = rapport.manquees, rapport.tenues
    montrees = [*manquees[:LIGNES_MAX], *tenues[:LIGNES_MAX]]
    courant = Trimestre.du(today())
    return render(
        "bilans/bilan.html",
        acteur=acteur,
        trimestre=quand,
        suivant=quand.suivant if quand < courant else None,
        est_fini=quand.est_fini(today()),
        rapport=rapport,
        raison=dire_raison(rapport.chiffres),
        raison_avant=dire_raison(rapport.avant),
        dire_delai=dire_delai,
        manquees=manquees[:LIGNES_MAX],
        tenues=tenues[:LIGNES_MAX],
        autres=len(rapport.lignes) - len(montrees),
        titres=map_titres({une.fiche_id for une in montrees}),
        themes=dict(list_noms_de_themes()),
        avis=AVIS,
        envoi=envoi,
        a_qui=dire_destination(envoi.a_qui, envoi.destinataires) if envoi else None,
        envoie=peut_envoyer_bilan(moi(), acteur),
        minimum=get_demarche().meteo.minimum,
    )


@bp.get("/acteurs/<int:acteur_id>/bilans/<trimestre>.csv")
@droit(peut_lire_bilan, sur=get_acteur_du_bilan)
def bilan_csv(acteur: Acteur, trimestre: str) -> Response:
    quand = read_trimestre(trimestre)
    rapport = _read(acteur, quand, get_envoi(acteur.id, quand))
    response = Response(write_csv(_tableau(rapport)), mimetype="text/csv")
    name = f"bilan-{acteur.id}-{quand.code}.csv"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@bp.get("/acteurs/<int:acteur_id>/bilans/<trimestre>.pdf")
@droit(peut_lire_bilan, sur=get_acteur_du_bilan)
def bilan_pdf(acteur: Acteur, trimestre: str) -> Response:
    """Return the PDF of a report that was sent; 404 before the worker has written it."""
    quand = read_trimestre(trimestre)
    envoi = get_envoi(acteur.id, quand)
    if envoi is None or envoi.pdf is None:
        abort(404)
    return send_stored(
        EnvoiBilan.store.path(envoi.pdf), "application/pdf", name=f"bilan-{acteur.id}-{quand.code}.pdf"
    )


def read_trimestre(code: str) -> Trimestre:
    """Return the quarter of the URL; 404 if it is malformed or in the future."""
    trimestre = Trimestre.lire(code)
    if trimestre is None or trimestre > Trimestre.du(today()):
        abort(404)
    return trimestre


def _read(acteur: Acteur, trimestre: Trimestre, envoi: EnvoiBilan | None) -> Rapport:
    """Return the report that was sent, else that of today."""
    return envoi.rapport if envoi else _compute(acteur.id, trimestre)


@rate_limited(PAR_ADRESSE, EN_TOUT)
def _compute(acteur_id: int, trimestre: Trimestre) -> Rapport:
    return read_rapport(acteur_id, trimestre, le=today())


def _tableau(rapport: Rapport) -> list[list[Cellule]]:
    """Return the rows of the CSV file: a header, then one for each due answer, without withdrawn titles."""
    titres = map_titres({une.fiche_id for une in rapport.lignes})
    themes = dict(list_noms_de_themes())
    entete: list[Cellule] = [_("fiche"), _("titre"), _("thème"), _("réponse attendue le"), _("à temps")]
    entete += [_("répondue le"), _("avis des délégué·es"), _("adresse")]
    return [entete, *(_ligne(une, titres, themes) for une in rapport.lignes)]


def _ligne(une: Ligne, titres: dict[int, str], themes: dict[str, Any]) -> list[Cellule]:
    return [
        une.fiche_id,
        titres.get(une.fiche_id),
        themes.get(une.theme_code),
        une.due,
        _("oui") if une.est_tenue else _("non"),
        une.repondue_le,
        str(AVIS[une.verdict]) if une.verdict else None,
        lien("fiches.detail", fiche_id=une.fiche_id) if une.fiche_id in titres else None,
    ]
