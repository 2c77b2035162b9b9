"""Pages of the owner, one action a page."""

from collections.abc import Callable
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from mse.core.text import _
from mse.core.web import ActionForm, accepts_files, droit, finish, moi, refuse_early, render
from mse.fiches.forms import MotifForm, ReouvertureForm, ReponseForm
from mse.fiches.libelles import QUESTIONS
from mse.fiches.limites import MOTIF_MIN, PIECES_OCTETS_MAX, REPONSE_MIN
from mse.fiches.models import Fiche, Saisine
from mse.fiches.policies import dire_transfert, peut_abandonner, peut_traiter
from mse.fiches.queries.autres import get_aide, list_autres_reponses, map_porteurs
from mse.fiches.queries.pages import get_saisine
from mse.fiches.queries.passages import map_pieces
from mse.fiches.queries.reperes import get_deja_regle
from mse.fiches.use_cases import traiter
from mse.fiches.views import bp
from mse.fiches.workflow import Action

FICHE = "fiches.detail"
_SAISINE = "/fiches/<int:fiche_id>/saisines/<int:saisine_id>"
# Keep the files that this request sends with a text: the capability above registers its own in `mse/app.py`.
RECEPTIONS: list[Callable[[Saisine, str, str | None], list[str]]] = []


@bp.route(f"{_SAISINE}/prise-en-charge", methods=["GET", "POST"])
@droit(peut_traiter, sur=get_saisine, sinon=dire_transfert)
def prendre_en_charge(saisine: Saisine) -> ResponseReturnValue:
    form = ActionForm()
    if form.validate_on_submit():
        traiter.prendre_en_charge(saisine, par=moi())
        return to_fiche(_("Votre équipe a pris cette fiche en charge. Les délégué·es en sont informé·es."))
    if not saisine.attend_prise_en_charge():  # the page of the fiche shows the present state
        return redirect(url_for(FICHE, fiche_id=saisine.fiche_id), 303)
    return render("fiches/prendre_en_charge.html", form=form, saisine=saisine, fiche=saisine.fiche)


@bp.route(f"{_SAISINE}/etape", methods=["GET", "POST"])
@droit(peut_traiter, sur=get_saisine, sinon=dire_transfert)
@refuse_early(Saisine.exige_ouverte, page=FICHE)
def ajouter_etape(saisine: Saisine) -> ResponseReturnValue:
    form = MotifForm()
    if form.validate_on_submit():
        traiter.ajouter_etape(saisine, form.texte.data, par=moi())
        return to_fiche(_("L’étape est publiée."))
    return _page("etape", form, saisine, MOTIF_MIN)


@bp.route(f"{_SAISINE}/reponse", methods=["GET", "POST"])
@accepts_files(PIECES_OCTETS_MAX)
@droit(peut_traiter, sur=get_saisine, sinon=dire_transfert)
@refuse_early(lambda saisine: saisine.exige(Action.REPONDRE), page=FICHE)
def repondre(saisine: Saisine) -> ResponseReturnValue:
    fait = _("Votre réponse est publiée. Les délégué·es vont dire si elle les a aidé·es.")
    return _publish("repondre", traiter.repondre_saisine, saisine, fait)


@bp.route(f"{_SAISINE}/reglement", methods=["GET", "POST"])
@accepts_files(PIECES_OCTETS_MAX)
@droit(peut_traiter, sur=get_saisine, sinon=dire_transfert)
@refuse_early(lambda saisine: saisine.exige(Action.REGLER), page=FICHE)
def regler(saisine: Saisine) -> ResponseReturnValue:
    fait = _("La fiche est déclarée réglée. Les délégué·es vont dire si c’est réglé pour eux.")
    return _publish("regler", traiter.regler_saisine, saisine, fait)


@bp.route(f"{_SAISINE}/abandon", methods=["GET", "POST"])
@accepts_files(PIECES_OCTETS_MAX)
@droit(peut_abandonner, sur=get_saisine, sinon=dire_transfert)
@refuse_early(lambda saisine: saisine.exige(Action.ABANDONNER), page=FICHE)
def abandonner(saisine: Saisine) -> ResponseReturnValue:
    fait = _("La fiche est abandonnée, avec votre explication.")
    return _publish("abandonner", traiter.abandonner_saisine, saisine, fait)


@bp.route(f"{_SAISINE}/reouverture", methods=["GET", "POST"])
@droit(peut_traiter, sur=get_saisine, sinon=dire_transfert)
@refuse_early(lambda saisine: saisine.exige(Action.ROUVRIR), page=FICHE)
def rouvrir(saisine: Saisine) -> ResponseReturnValue:
    form = ReouvertureForm(version=saisine.version)
    if form.validate_on_submit():
        traiter.rouvrir_saisine(saisine, form.texte.data, version=form.version.data, par=moi())
        return to_fiche(_("La fiche est rouverte."))
    return _page("rouvrir", form, saisine, MOTIF_MIN)


def to_fiche(phrase: str) -> ResponseReturnValue:
    """Redirect with a confirmation: to the queue that the form names, else to the fiche of the URL."""
    named = request.view_args or {}
    page = url_for(FICHE, fiche_id=named["fiche_id"])
    return finish(phrase, page, f"#saisine-{named['saisine_id']}")


def _publish(geste: str, act: Callable[..., None], saisine: Saisine, fait: str) -> ResponseReturnValue:
    """Publish the text. The chosen files are kept first, so that none is lost if the text is refused."""
    form, refus = ReponseForm(version=saisine.version, retour=request.args.get("retour")), list[str]()
    if ActionForm().validate_on_submit():
        refus = [phrase for receive in RECEPTIONS for phrase in receive(saisine, geste, form.texte.data)]
    if form.validate_on_submit() and not refus:
        act(saisine, form.texte.data, version=form.version.data, par=moi())
        return to_fiche(fait)
    if refus:
        form.fichiers.errors = refus
    return _page(geste, form, saisine, REPONSE_MIN)


def _page(
    geste: str, form: ReponseForm | ReouvertureForm | MotifForm, saisine: Saisine, minimum: int
) -> ResponseReturnValue:
    """Render a form of the owner with one text field. The field holds the draft of the reader, if there is
    one."""
    aide = get_aide(moi(), saisine, geste)
    repris = request.method == "GET" and aide is not None and bool(aide.texte)
    if repris:
        form.texte.data = aide.texte
    autres = list_autres_reponses(saisine)
    lues = {"autres_reponses": autres, "autres_pieces": map_pieces(autres)}
    qui = {"saisine": saisine, "porteurs": map_porteurs([saisine], moi())}
    deja = get_deja_regle(saisine.fiche) if geste in ("repondre", "regler") else None
    return ask(geste, form, saisine.fiche, minimum, aide=aide, repris=repris, deja=deja, **lues, **qui)


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
