"""Pages that review, replace or withdraw a published repère."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from mse.core.clock import today
from mse.core.text import _
from mse.core.web import confirm, droit, moi, render
from mse.reperes.forms import RemplacementForm, RetraitForm, RevueForm
from mse.reperes.limites import MOTIF_MIN
from mse.reperes.models import Repere
from mse.reperes.policies import peut_masquer, peut_retirer, peut_tenir
from mse.reperes.queries.lieux import get_noms
from mse.reperes.queries.pages import get_repere
from mse.reperes.use_cases import finir as use_cases
from mse.reperes.validation import add_year
from mse.reperes.views import UN, bp


@bp.route(f"{UN}/revue", methods=["GET", "POST"])
@droit(peut_tenir, sur=get_repere)
def revoir(repere: Repere) -> ResponseReturnValue:
    """Say that the repère is still valid, or go on to change or withdraw it."""
    form = RevueForm(version=repere.version, a_revoir_le=add_year(today()))
    if form.validate_on_submit():
        use_cases.confirmer_repere(repere, form.a_revoir_le.data, version=form.version.data, par=moi())
        return _done(repere, _("C’est noté\u202f: le repère vaut toujours."))
    if not repere.est_publie:
        return redirect(url_for("reperes.detail", repere_id=repere.id), 303)
    return render(
        "reperes/revue.html",
        form=form,
        repere=repere,
        noms=get_noms(),
        a_verifier=repere.est_a_verifier(today()),
    )


@bp.route(f"{UN}/retrait", methods=["GET", "POST"])
@droit(peut_retirer, sur=get_repere)
def retirer(repere: Repere) -> ResponseReturnValue:
    form = RetraitForm(version=repere.version)
    if form.validate_on_submit():
        use_cases.retirer_repere(repere, form.motif.data, version=form.version.data, par=moi())
        return _done(repere, _("Le repère est retiré. Les délégué·es des fiches liées en sont informé·es."))
    return render("reperes/retrait.html", form=form, repere=repere, minimum=MOTIF_MIN)


@bp.route(f"{UN}/masquage", methods=["GET", "POST"])
@droit(peut_masquer, sur=get_repere)
def masquer(repere: Repere) -> ResponseReturnValue:
    form = RetraitForm(version=repere.version)
    if form.validate_on_submit():
        use_cases.masquer_repere(repere, form.motif.data, par=moi())
        return _done(repere, _("Le texte est effacé. La page reste, avec votre raison."))
    return render("reperes/masquage.html", form=form, repere=repere, minimum=MOTIF_MIN)


@bp.route(f"{UN}/remplacement", methods=["GET", "POST"])
@droit(peut_tenir, sur=get_repere)
def remplacer(repere: Repere) -> ResponseReturnValue:
    form = RemplacementForm(version=repere.version)
    if form.validate_on_submit() and form.autre_id.data:
        use_cases.remplacer_repere(
            repere, form.autre_id.data, form.motif.data, version=form.version.data, par=moi()
        )
        return _done(repere, _("Le repère est remplacé. Sa page mène au nouveau."))
    return render("reperes/remplacement.html", form=form, repere=repere, minimum=MOTIF_MIN)


def _done(repere: Repere, phrase: str) -> ResponseReturnValue:
    confirm(phrase)
    return redirect(url_for("reperes.detail", repere_id=repere.id), 303)
