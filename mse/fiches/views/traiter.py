"""Pages of the owner, one action a page."""

from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from mse.core.text import _
from mse.core.web import ActionForm, droit, finish, moi, render
from mse.fiches.forms import MotifForm, ReouvertureForm, ReponseForm
from mse.fiches.libelles import QUESTIONS
from mse.fiches.limites import MOTIF_MIN, REPONSE_MIN
from mse.fiches.models import Fiche, Saisine
from mse.fiches.policies import dire_transfert, peut_abandonner, peut_traiter
from mse.fiches.queries.autres import get_aide, list_autres_reponses
from mse.fiches.queries.pages import get_saisine
from mse.fiches.use_cases import traiter
from mse.fiches.views import bp

_SAISINE = "/fiches/<int:fiche_id>/saisines/<int:saisine_id>"


@bp.route(f"{_SAISINE}/prise-en-charge", methods=["GET", "POST"])
@droit(peut_traiter, sur=get_saisine, sinon=dire_transfert)
def prendre_en_charge(saisine: Saisine) -> ResponseReturnValue:
    form = ActionForm()
    if form.validate_on_submit():
        traiter.prendre_en_charge(saisine, par=moi())
        return to_fiche(_("Votre équipe a pris cette fiche en charge. Les délégué·es en sont informé·es."))
    if not saisine.attend_prise_en_charge():  # the page of the fiche shows the present state
        return redirect(url_for("fiches.detail", fiche_id=saisine.fiche_id), 303)
    return render("fiches/prendre_en_charge.html", form=form, saisine=saisine, fiche=saisine.fiche)


@bp.route(f"{_SAISINE}/etape", methods=["GET", "POST"])
@droit(peut_traiter, sur=get_saisine, sinon=dire_transfert)
def ajouter_etape(saisine: Saisine) -> ResponseReturnValue:
    form = MotifForm()
    if form.validate_on_submit():
        traiter.ajouter_etape(saisine, form.texte.data, par=moi())
        return to_fiche(_("L’étape est publiée."))
    return _page("etape", form, saisine, MOTIF_MIN)


@bp.route(f"{_SAISINE}/reponse", methods=["GET", "POST"])
@droit(peut_traiter, sur=get_saisine, sinon=dire_transfert)
def repondre(saisine: Saisine) -> ResponseReturnValue:
    form = ReponseForm(version=saisine.version, retour=request.args.get("retour"))
    if form.validate_on_submit():
        traiter.repondre_saisine(saisine, form.texte.data, version=form.version.data, par=moi())
        return to_fiche(_("Votre réponse est publiée. Les délégué·es vont dire si elle les a aidé·es."))
    return _page("repondre", form, saisine, REPONSE_MIN)


@bp.route(f"{_SAISINE}/reglement", methods=["GET", "POST"])
@droit(peut_traiter, sur=get_saisine, sinon=dire_transfert)
def regler(saisine: Saisine) -> ResponseReturnValue:
    form = ReponseForm(version=saisine.version)
    if form.validate_on_submit():
        traiter.regler_saisine(saisine, form.texte.data, version=form.version.data, par=moi())
        return to_fiche(_("La fiche est déclarée réglée. Les délégué·es vont dire si c’est réglé pour eux."))
    return _page("regler", form, saisine, REPONSE_MIN)


@bp.route(f"{_SAISINE}/abandon", methods=["GET", "POST"])
@droit(peut_abandonner, sur=get_saisine, sinon=dire_transfert)
def abandonner(saisine: Saisine) -> ResponseReturnValue:
    form = ReponseForm(version=saisine.version)
    if form.validate_on_submit():
        traiter.abandonner_saisine(saisine, form.texte.data, version=form.version.data, par=moi())
        return to_fiche(_("La fiche est abandonnée, avec votre explication."))
    return _page("abandonner", form, saisine, REPONSE_MIN)


@bp.route(f"{_SAISINE}/reouverture", methods=["GET", "POST"])
@droit(peut_traiter, sur=get_saisine, sinon=dire_transfert)
def rouvrir(saisine: Saisine) -> ResponseReturnValue:
    form = ReouvertureForm(version=saisine.version)
    if form.validate_on_submit():
        traiter.rouvrir_saisine(saisine, form.texte.data, version=form.version.data, par=moi())
        return to_fiche(_("La fiche est rouverte."))
    return _page("rouvrir", form, saisine, MOTIF_MIN)


def to_fiche(phrase: str) -> ResponseReturnValue:
    """Redirect with a confirmation, to the queue that the form names, else to the fiche of the URL."""
    named = request.view_args or {}
    page = url_for("fiches.detail", fiche_id=named["fiche_id"])
    return finish(phrase, page, f"#saisine-{named['saisine_id']}")


def _page(
    geste: str, form: ReponseForm | ReouvertureForm | MotifForm, saisine: Saisine, minimum: int
) -> ResponseReturnValue:
    """Render the form of a text of the owner. It begins with the draft of this person, if there is one."""
    aide = get_aide(moi(), saisine, geste)
    repris = request.method == "GET" and aide is not None and bool(aide.texte)
    if repris:
        form.texte.data = aide.texte
    autres = list_autres_reponses(saisine)
    return ask(geste, form, saisine.fiche, minimum, aide=aide, repris=repris, autres_reponses=autres)


def ask(
    geste: str,
    form: ReponseForm | ReouvertureForm | MotifForm,
    fiche: Fiche,
    minimum: int,
    **contexte: Any,
) -> ResponseReturnValue:
    """Render a form with one text field. Its label is also used in error messages."""
    form.texte.label.text = QUESTIONS[geste]
    return render("fiches/geste.html", geste=geste, form=form, fiche=fiche, minimum=minimum, **contexte)
