"""Page of «Nous aussi»."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from mse.core.database import read_id
from mse.core.text import _
from mse.core.web import confirm, droit, moi, options, render
from mse.fiches.models import Fiche
from mse.fiches.queries.pages import get_brouillon
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
        _confirm(fiche)
        return redirect(page, 303)
    if form.personnes.data is None and len(siens) == 1 and not form.is_submitted():
        form.personnes.data = next(iter(siens.values())).personnes
    brouillon = _read_brouillon()
    return render(
        "soutiens/soutenir.html",
        brouillon=brouillon,
        form=form,
        fiche=fiche,
        promotions=promotions,
        siens=siens,
    )


def _confirm(fiche: Fiche) -> None:
    """Confirm. Who came from a draft is offered to delete it: this fiche says it already."""
    phrase = _("C’est noté\u202f: votre promotion aussi. Vous suivez maintenant cette fiche.")
    brouillon = get_brouillon(moi(), _read_brouillon())
    if brouillon is not None and brouillon.est_brouillon:
        flash(
            Markup('{} {} <a href="{}">{}</a>').format(
                phrase,
                _("Votre brouillon est gardé\u202f: vous n’en avez peut-être plus besoin."),
                url_for("depot.supprimer", fiche_id=brouillon.id),
                _("Supprimer ce brouillon"),
            ),
            "succes",
        )
    else:
        confirm(phrase)


def _read_brouillon() -> int:
    try:
        return read_id(request.values.get("brouillon", ""))
    except ValueError:
        return 0


@bp.route("/fiches/<int:fiche_id>/nous-aussi/retrait", methods=["GET", "POST"])
@droit(peut_soutenir, sur=get_fiche_soutenue)
def retirer(fiche: Fiche) -> ResponseReturnValue:
    form = RetraitForm()
    if form.validate_on_submit():
        use_cases.retirer_soutien(fiche, promotion_id=form.promotion_id.data or 0, par=moi())
        confirm(_("C’est fait\u202f: votre promotion ne soutient plus cette fiche. Vous la suivez toujours."))
        return redirect(url_for("fiches.detail", fiche_id=fiche.id), 303)
    return redirect(url_for("soutiens.soutenir", fiche_id=fiche.id), 303)
