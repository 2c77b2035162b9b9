"""Pages of moderation: withdraw or restore an initiative, hide a line."""

from flask import flash, request
from flask.typing import ResponseReturnValue

from mse.core.text import _
from mse.core.web import ActionForm, droit, moi, render
from mse.initiatives import policies, use_cases
from mse.initiatives.forms import MotifForm
from mse.initiatives.models import Initiative, LigneInitiative
from mse.initiatives.queries import get_initiative, get_ligne
from mse.initiatives.views import UNE, bp
from mse.initiatives.views.gestes import render_action, to_detail


@bp.route(f"{UNE}/moderation", methods=["GET", "POST"])
@droit(policies.peut_moderer, sur=get_initiative)
def moderer(initiative: Initiative) -> ResponseReturnValue:
    """Withdraw with a reason, or restore. The button names the action, so that an outdated form does not do
    the opposite."""
    form = MotifForm()
    if "retablir" in request.form:
        if ActionForm().validate_on_submit():
            use_cases.retablir_initiative(initiative, par=moi())
            flash(_("L’initiative est de nouveau publique."), "succes")
            return to_detail(initiative)
    elif form.validate_on_submit():
        use_cases.retirer_initiative(initiative, form.texte.data, par=moi())
        flash(_("L’initiative est retirée : le public ne la voit plus."), "succes")
        return to_detail(initiative)
    return render("initiatives/moderer.html", form=form, initiative=initiative)


@bp.route(f"{UNE}/lignes/<int:ligne_id>/masquage", methods=["GET", "POST"])
@droit(policies.peut_masquer, sur=get_ligne)
def masquer(ligne: LigneInitiative) -> ResponseReturnValue:
    form, initiative = MotifForm(), get_initiative(moi(), ligne.initiative_id)
    assert initiative is not None
    if form.validate_on_submit():
        use_cases.masquer_ligne(ligne, form.texte.data, par=moi())
        flash(_("Le texte est effacé ; la ligne et votre raison restent."), "succes")
        return to_detail(initiative)
    return render_action(
        initiative, form, _("Masquer ce texte"), "texte", verbe=_("Effacer ce texte"), ligne=ligne
    )
