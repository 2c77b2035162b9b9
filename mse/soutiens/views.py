"""Page of «Nous aussi»."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from mse.core.text import _
from mse.core.web import confirm, droit, moi, options, render
from mse.fiches.models import Fiche
from mse.soutiens import use_cases
from mse.soutiens.forms import RetraitForm, SoutienForm
from mse.soutiens.policies import peut_soutenir
from mse.soutiens.queries import get_fiche_soutenue, list_promotions_de, list_soutiens

bp = Blueprint("soutiens", __name__)


@bp.context_processor
def _section() -> dict[str, str]:
    """Return the menu entry of these pages."""
    return {"section": "fiches"}


@bp.route("/fiches/<int:fiche_id>/nous-aussi", methods=["GET", "POST"])
@droit(peut_soutenir, sur=get_fiche_soutenue)
def soutenir(fiche: Fiche) -> ResponseReturnValue:
    page = url_for("fiches.detail", fiche_id=fiche.id)
    promotions = list_promotions_de(moi(), fiche)
    siens = {soutien.promotion_id: soutien for soutien in list_soutiens(fiche.id, [p.id for p in promotions])}
    form = SoutienForm()
    form.promotion_id.choices = options((promotion.id, promotion.titre) for promotion in promotions)
    if form.promotion_id.data is None and len(promotions) == 1:
        form.promotion_id.data = promotions[0].id
    if form.validate_on_submit():
        choisie, personnes = form.promotion_id.data, form.personnes.data or 0
        use_cases.soutenir(fiche, promotion_id=choisie, personnes=personnes, par=moi())
        confirm(_("C’est noté\u202f: votre promotion aussi. Vous suivez maintenant cette fiche."))
        return redirect(page, 303)
    if form.personnes.data is None and len(siens) == 1 and not form.is_submitted():
        form.personnes.data = next(iter(siens.values())).personnes
    return render("soutiens/soutenir.html", form=form, fiche=fiche, promotions=promotions, siens=siens)


@bp.route("/fiches/<int:fiche_id>/nous-aussi/retrait", methods=["GET", "POST"])
@droit(peut_soutenir, sur=get_fiche_soutenue)
def retirer(fiche: Fiche) -> ResponseReturnValue:
    form = RetraitForm()
    if form.validate_on_submit():
        use_cases.retirer_soutien(fiche, promotion_id=form.promotion_id.data or 0, par=moi())
        confirm(_("C’est fait\u202f: votre promotion ne soutient plus cette fiche. Vous la suivez toujours."))
        return redirect(url_for("fiches.detail", fiche_id=fiche.id), 303)
    return redirect(url_for("soutiens.soutenir", fiche_id=fiche.id), 303)
