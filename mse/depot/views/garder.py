"""Save a step of a draft while it is being typed. The script of the page sends its form here."""

from typing import Any

from flask import abort, jsonify, redirect, url_for
from flask.typing import ResponseReturnValue

from mse.core.dates import moment
from mse.core.rate_limit import rate_limited
from mse.core.text import _, lazy
from mse.core.web import droit, is_script, moi
from mse.depot.brouillons import read_etape
from mse.depot.limites import GARDES_EN_TOUT, GARDES_PAR_ADRESSE
from mse.depot.use_cases.deposer import garder_brouillon
from mse.depot.views import bp
from mse.depot.views.deposer import A_ECRIRE, deja_deposee, list_phrases, read_form
from mse.fiches.models import Fiche
from mse.fiches.policies import peut_ecrire
from mse.fiches.queries.pages import get_brouillon


@bp.route("/fiches/<int:fiche_id>/brouillon/<etape>/garde", methods=["GET", "POST"])
@droit(peut_ecrire, sur=get_brouillon)
def garder(fiche: Fiche, etape: str) -> ResponseReturnValue:
    if etape not in A_ECRIRE:
        abort(404)
    if not fiche.est_brouillon:
        return deja_deposee(fiche, etape)
    form = read_form(fiche, etape)
    form.accept_unfinished()
    if form.validate_on_submit():
        _garder(fiche, lue=form.version.data, **{nom: form[nom].data for nom in form.noms})
    if not is_script():
        return redirect(url_for("depot.brouillon", fiche_id=fiche.id, etape=etape), 303)
    if form.errors:
        return jsonify(
            phrase=" ".join(str(faute) for fautes in form.errors.values() for faute in fautes)
        ), 422
    return jsonify(
        conseils=list_phrases(fiche, etape),
        garde=_("Enregistré %(moment)s", moment=moment(fiche.modifiee_le)),
        **read_etape(fiche, form.noms),
    )


@rate_limited(
    GARDES_PAR_ADRESSE, GARDES_EN_TOUT, lazy("Le site enregistre trop de textes\u202f: réessayez plus tard.")
)
def _garder(fiche: Fiche, **saisie: Any) -> None:
    garder_brouillon(fiche, par=moi(), **saisie)
