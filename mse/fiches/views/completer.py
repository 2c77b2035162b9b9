"""Pages where delegates add to a filed fiche."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from mse.core.text import _
from mse.core.web import confirm, droit, moi
from mse.fiches.forms import MotifForm
from mse.fiches.limites import MOTIF_MIN
from mse.fiches.models import Fiche
from mse.fiches.policies import peut_preciser
from mse.fiches.queries.pages import get_fiche
from mse.fiches.use_cases import completer
from mse.fiches.views import bp
from mse.fiches.views.traiter import ask


@bp.route("/fiches/<int:fiche_id>/precision", methods=["GET", "POST"])
@droit(peut_preciser, sur=get_fiche)
def preciser(fiche: Fiche) -> ResponseReturnValue:
    form = MotifForm()
    if form.validate_on_submit():
        completer.preciser_fiche(fiche, form.texte.data, par=moi())
        return _to_vie(
            fiche, _("Votre précision est publiée. Les responsables de la fiche en sont informés.")
        )
    return ask("preciser", form, fiche, MOTIF_MIN)


@bp.route("/fiches/<int:fiche_id>/plus-d-actualite", methods=["GET", "POST"])
@droit(peut_preciser, sur=get_fiche)
def signaler_plus_actuelle(fiche: Fiche) -> ResponseReturnValue:
    form = MotifForm()
    if form.validate_on_submit():
        completer.signaler_plus_actuelle(fiche, form.texte.data, par=moi())
        phrase = _("C’est écrit dans l’histoire de la fiche. Ses responsables décideront de la suite.")
        return _to_vie(fiche, phrase)
    return ask("plus_actuelle", form, fiche, MOTIF_MIN)


def _to_vie(fiche: Fiche, phrase: str) -> ResponseReturnValue:
    confirm(phrase, voir="#vie")
    return redirect(url_for("fiches.detail", fiche_id=fiche.id), 303)
