"""The poster of a classroom, printed by the organisme or the delegates."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from mse.classe.jetons import show_in_groups
from mse.classe.policies import peut_afficher
from mse.classe.queries.mots import get_code, get_promotion_a_afficher
from mse.classe.use_cases.mots import donner_code
from mse.classe.views import bp
from mse.core.qr import draw_qr
from mse.core.text import _
from mse.core.web import ActionForm, droit, lien, moi, render
from mse.representation.models import Promotion


@bp.route("/promotions/<int:promotion_id>/affiche", methods=["GET", "POST"])
@droit(peut_afficher, sur=get_promotion_a_afficher)
def affiche(promotion: Promotion) -> ResponseReturnValue:
    """Show the poster; before the first one, a button that draws the code."""
    form = ActionForm()
    if form.validate_on_submit():
        donner_code(promotion, par=moi())
        flash(_("L’affiche est prête : imprimez-la, puis collez-la dans la salle."), "succes")
        return redirect(url_for("classe.affiche", promotion_id=promotion.id), 303)
    code = get_code(promotion.id)
    if code is None:
        return render("classe/affiche_a_creer.html", form=form, promotion=promotion)
    adresse = lien("classe.code_flashe", code=code.code)
    return render(
        "classe/affiche.html",
        promotion=promotion,
        code=show_in_groups(code.code),
        adresse=lien("classe.trouver"),
        qr=draw_qr(adresse),
    )
