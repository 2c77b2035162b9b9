"""The word that a delegate leaves for the next ones."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from mse.core.text import _
from mse.core.web import confirm, droit, moi, render
from mse.passation import use_cases
from mse.passation.forms import MotForm
from mse.passation.policies import peut_laisser_un_mot, peut_lire_dossier
from mse.passation.queries.mots import get_mon_mot
from mse.passation.queries.promotions import get_promotion
from mse.passation.views import bp
from mse.representation.models import Promotion


@bp.route("/promotions/<int:promotion_id>/passation/mot", methods=["GET", "POST"])
@droit(peut_laisser_un_mot, sur=get_promotion)
def mot(promotion: Promotion) -> ResponseReturnValue:
    """Write the word; the button `effacer` deletes it."""
    mien = get_mon_mot(moi(), promotion)
    form = MotForm(texte=mien.texte if mien is not None else "")
    efface = "effacer" in request.form
    if efface:
        form.accept_unfinished()
    if form.validate_on_submit():
        retour = _retour(promotion)
        if efface:
            use_cases.reprendre_mot(promotion, par=moi())
            confirm(_("Votre mot est effacé."))
        else:
            use_cases.laisser_un_mot(promotion, form.texte.data or "", par=moi())
            confirm(_("Votre mot est gardé pour la personne qui prendra la suite."))
        return redirect(retour, 303)
    return render("passation/mot.html", form=form, promotion=promotion, mien=mien, retour=_retour(promotion))


def _retour(promotion: Promotion) -> str:
    """Return the page to go back to: a former delegate no longer reads the file."""
    if peut_lire_dossier(moi(), promotion):
        return url_for("passation.dossier", promotion_id=promotion.id)
    return url_for("accueil.mon_espace")
