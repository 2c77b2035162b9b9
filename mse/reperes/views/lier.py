"""The fiches linked to a repère."""

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from mse.core.database import read_id
from mse.core.text import _
from mse.core.web import ActionForm, confirm, droit, moi, render
from mse.reperes.forms import LienForm
from mse.reperes.models import Repere
from mse.reperes.policies import peut_tenir
from mse.reperes.queries.pages import get_repere, list_fiches_liees
from mse.reperes.use_cases import lier as use_cases
from mse.reperes.views import UN, bp


@bp.route(f"{UN}/fiches", methods=["GET", "POST"])
@droit(peut_tenir, sur=get_repere)
def lier(repere: Repere) -> ResponseReturnValue:
    """Link a fiche, or remove the link if the form has a field `delier` (a fiche id)."""
    form = LienForm()
    if "delier" in request.form:
        if ActionForm().validate_on_submit():
            use_cases.delier_fiche(repere, _read(request.form["delier"]), par=moi())
            confirm(_("Le lien est retiré."))
            return _here(repere)
    elif form.validate_on_submit() and form.fiche_id.data:
        use_cases.lier_fiche(repere, form.fiche_id.data, par=moi())
        confirm(_("La page de cette fiche montre maintenant le repère."))
        return _here(repere)
    return render("reperes/fiches.html", form=form, repere=repere, fiches=list_fiches_liees(repere.id))


def _here(repere: Repere) -> ResponseReturnValue:
    return redirect(url_for("reperes.lier", repere_id=repere.id), 303)


def _read(text: str) -> int:
    try:
        return read_id(text)
    except ValueError:
        abort(404)
