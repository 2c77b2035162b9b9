"""Pages of reports: report a page, follow one's report by its code, decide."""

from uuid import uuid4

from flask import Blueprint, current_app, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from mse.core.text import _
from mse.core.web import PUBLIC, confirm, droit, moi, render
from mse.fiches.api import MOTIF_MIN
from mse.masquage.api import Sujet, locate
from mse.signalements import use_cases
from mse.signalements.forms import CodeForm, ContestationForm, DecisionForm, SignalementForm
from mse.signalements.libelles import AIDES, ETATS, RAISONS
from mse.signalements.limites import TEXTE_MIN
from mse.signalements.policies import peut_decider
from mse.signalements.queries import (
    Cible,
    find_par_code,
    get_publique,
    get_signalee,
    list_signalements,
)
from mse.signalements.workflow import Decision, Raison

bp = Blueprint("signalements", __name__)
_RETRAITS = {
    Sujet.FICHE: "moderation.moderer",
    Sujet.INITIATIVE: "initiatives.moderer",
    Sujet.REPERE: "reperes.retirer",
}
_CODE, _CODE_MAX = "signalement", 60  # session key of the last code; its length


@bp.route(
    "/fiches/<int:fiche_id>/signalement",
    endpoint="fiche",
    methods=["GET", "POST"],
    defaults={"sujet": Sujet.FICHE},
)
@bp.route(
    "/initiatives/<int:initiative_id>/signalement",
    endpoint="initiative",
    methods=["GET", "POST"],
    defaults={"sujet": Sujet.INITIATIVE},
)
@bp.route(
    "/reperes/<int:repere_id>/signalement",
    endpoint="repere",
    methods=["GET", "POST"],
    defaults={"sujet": Sujet.REPERE},
)
@droit(PUBLIC, sur=get_publique)
def signaler(cible: Cible, sujet: Sujet) -> ResponseReturnValue:
    form = SignalementForm(cle=str(uuid4()))
    if form.validate_on_submit():
        session[_CODE] = use_cases.signaler_page(
            cible,
            Raison(form.raison.data),
            form.texte.data,
            cle=form.cle.data,
            courriel=form.courriel.data,
            par=moi(),
            adresse=request.remote_addr,
            secret=current_app.config["SECRET_KEY"],
        )
        confirm(_("Votre signalement est envoyé à l’équipe d’animation."))
        return redirect(url_for("signalements.suivre"), 303)
    retour = _address(sujet, cible.page.id)
    return render(
        "signalements/signaler.html", form=form, cible=cible, retour=retour, aides=AIDES, minimum=TEXTE_MIN
    )


@bp.route("/signalements/suivi", methods=["GET", "POST"])
@droit(PUBLIC)
def suivre() -> ResponseReturnValue:
    """Show the report whose code was typed; without one, ask for the code."""
    form, code = CodeForm(), str(session.get(_CODE, ""))
    if form.validate_on_submit():
        session[_CODE] = (form.code.data or "")[:_CODE_MAX]
        return redirect(url_for("signalements.suivre"), 303)
    signalement = find_par_code(code) if code else None
    if signalement is None:
        return render("signalements/code.html", form=form, cherche=code)
    return render(
        "signalements/suivi.html",
        signalement=signalement,
        code=code,
        page_url=_address(signalement.sujet, signalement.page_id),
        raisons=RAISONS,
        etats=ETATS,
    )


@bp.route("/signalements/contestation", methods=["GET", "POST"])
@droit(PUBLIC)
def contester() -> ResponseReturnValue:
    """Contest the decision on the report whose code was typed."""
    code = str(session.get(_CODE, ""))
    signalement, form = find_par_code(code) if code else None, ContestationForm()
    if signalement is None:
        return redirect(url_for("signalements.suivre"), 303)
    if form.validate_on_submit():
        use_cases.contester_decision(signalement, form.texte.data)
        confirm(_("L’équipe d’animation relit votre signalement."))
        return redirect(url_for("signalements.suivre"), 303)
    if not signalement.est_contestable:
        flash(_("Cette décision ne peut pas, ou plus, être contestée."), "info")
        return redirect(url_for("signalements.suivre"), 303)
    return render("signalements/contester.html", form=form, minimum=TEXTE_MIN)


@bp.route(
    "/fiches/<int:fiche_id>/signalements",
    endpoint="decider_fiche",
    methods=["GET", "POST"],
    defaults={"sujet": Sujet.FICHE},
)
@bp.route(
    "/initiatives/<int:initiative_id>/signalements",
    endpoint="decider_initiative",
    methods=["GET", "POST"],
    defaults={"sujet": Sujet.INITIATIVE},
)
@bp.route(
    "/reperes/<int:repere_id>/signalements",
    endpoint="decider_repere",
    methods=["GET", "POST"],
    defaults={"sujet": Sujet.REPERE},
)
@droit(peut_decider, sur=get_signalee)
def decider(cible: Cible, sujet: Sujet) -> ResponseReturnValue:
    """Read the reports of a page together, act on the page by the links, then explain."""
    signalements = list_signalements(cible)
    form = DecisionForm(dernier=signalements[0].id if signalements else None)
    if form.validate_on_submit():
        decision = Decision(form.decision.data)
        use_cases.decider_signalements(cible, decision, form.motif.data, dernier=form.dernier.data, par=moi())
        confirm(_("Votre décision est enregistrée. Les personnes qui ont signalé la reçoivent."))
        return redirect(url_for("accueil.mon_espace"), 303)
    return render(
        "signalements/decider.html",
        form=form,
        cible=cible,
        signalements=signalements,
        ouverts=any(une.est_ouvert for une in signalements),
        page_url=_address(sujet, cible.page.id),
        gestes=_list_gestes(sujet, cible.page.id),
        raisons=RAISONS,
        etats=ETATS,
        minimum=MOTIF_MIN,
    )


def _list_gestes(sujet: Sujet, page_id: int) -> dict[str, str]:
    """Return the URLs where an animateur acts on the page."""
    ids = locate(sujet, page_id)[1]
    return {"masquer": url_for(f"masquage.{sujet}", **ids), "retirer": url_for(_RETRAITS[sujet], **ids)}


def _address(sujet: Sujet, page_id: int) -> str:
    endpoint, ids = locate(sujet, page_id)
    return url_for(endpoint, **ids)
