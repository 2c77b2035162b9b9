"""Pages where delegates add to a filed fiche."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from mse.core.text import _
from mse.core.web import confirm, droit, moi, refuse_early, render
from mse.depot.etats import exige_signalable
from mse.depot.forms import MotifForm
from mse.depot.use_cases import preciser as use_cases
from mse.depot.views import bp
from mse.fiches.api import MOTIF_MIN
from mse.fiches.models import Fiche
from mse.fiches.policies import peut_preciser
from mse.fiches.queries.pages import get_fiche


@bp.route("/fiches/<int:fiche_id>/precision", methods=["GET", "POST"])
@droit(peut_preciser, sur=get_fiche)
def preciser(fiche: Fiche) -> ResponseReturnValue:
    form = MotifForm()
    if form.validate_on_submit():
        use_cases.preciser_fiche(fiche, form.texte.data, par=moi())
        return _to_vie(
            fiche, _("Votre précision est publiée. Les responsables de la fiche en sont informés.")
        )
    return _page("preciser", _("Votre précision"), form, fiche)


@bp.route("/fiches/<int:fiche_id>/plus-d-actualite", methods=["GET", "POST"])
@droit(peut_preciser, sur=get_fiche)
@refuse_early(exige_signalable, page="fiches.detail")
def signaler_plus_actuelle(fiche: Fiche) -> ResponseReturnValue:
    form = MotifForm()
    if form.validate_on_submit():
        use_cases.signaler_plus_actuelle(fiche, form.texte.data, par=moi())
        phrase = _("C’est écrit dans l’histoire de la fiche. Ses responsables décideront de la suite.")
        return _to_vie(fiche, phrase)
    return _page("plus_actuelle", _("Pourquoi"), form, fiche)


def _to_vie(fiche: Fiche, phrase: str) -> ResponseReturnValue:
    confirm(phrase, voir="#vie")
    return redirect(url_for("fiches.detail", fiche_id=fiche.id), 303)


def _page(geste: str, question: str, form: MotifForm, fiche: Fiche) -> ResponseReturnValue:
    """Render the page of one question, which is the label of the field and part of its error messages."""
    form.texte.label.text = question
    return render("fiches/geste.html", geste=geste, form=form, fiche=fiche, minimum=MOTIF_MIN)
