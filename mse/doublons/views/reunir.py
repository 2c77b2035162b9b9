"""Pages of the animateur: probable duplicates, merge, separate."""

from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from mse.core.clock import today
from mse.core.text import _
from mse.core.web import ActionForm, confirm, droit, moi, render
from mse.doublons.forms import ChoixForm, ReunionForm
from mse.doublons.models import DoublonProbable
from mse.doublons.policies import est_animateur, peut_ecarter, peut_reunir
from mse.doublons.queries.fusions import get_publique, get_reunie, load_fiche, read_autre
from mse.doublons.queries.probables import get_paire, list_probables
from mse.doublons.queries.proches import proches
from mse.doublons.use_cases import comparer
from mse.doublons.use_cases import reunir as use_cases
from mse.doublons.views import bp
from mse.fiches.api import LIBELLES_PARTIES
from mse.fiches.models import Fiche


@bp.get("/animation/doublons")
@droit(est_animateur)
def liste() -> ResponseReturnValue:
    return render("doublons/liste.html", paires=list_probables(), form=ActionForm())


@bp.route("/animation/doublons/<int:paire_id>/ecart", methods=["GET", "POST"])
@droit(peut_ecarter, sur=get_paire)
def ecarter(paire: DoublonProbable) -> ResponseReturnValue:
    if ActionForm().validate_on_submit():
        comparer.ecarter(paire, par=moi())
        confirm(_("C’est noté\u202f: ce sont deux problèmes différents."))
    return redirect(url_for("doublons.liste"), 303)


@bp.route("/fiches/<int:fiche_id>/reunion", methods=["GET", "POST"])
@droit(peut_reunir, sur=get_publique)
def reunir(fiche: Fiche) -> ResponseReturnValue:
    """Choose the other fiche, then compare both and merge them."""
    form = ReunionForm()
    if form.validate_on_submit():
        autre_id = form.autre_id.data or 0
        principale = autre_id if form.principale_id.data == autre_id else fiche.id
        doublon = fiche.id if principale == autre_id else autre_id
        use_cases.reunir(doublon, principale, par=moi())
        confirm(_("Les deux fiches sont réunies. Leurs délégué·es en sont informé·es."))
        return redirect(url_for("fiches.detail", fiche_id=principale), 303)
    choix = ChoixForm(request.args if request.args.get("avec") else None, meta={"csrf": False})
    autre = read_autre(choix.avec.data or "") if request.args.get("avec") else None
    if autre is not None and autre.id != fiche.id:
        return render("doublons/comparer.html", form=form, **_compare(fiche, autre))
    if request.args.get("avec"):
        choix.avec.errors = [_("Aucune autre fiche publique n’a ce numéro.")]
    pareilles = proches(
        fiche.titre,
        fiche.probleme,
        theme=fiche.theme_code,
        territoire=fiche.territoire_code,
        sauf=fiche.reunie_a_id or fiche.id,
        nombre=6,
    )
    return render("doublons/choisir.html", form=choix, fiche=fiche, proches=pareilles)


def _compare(fiche: Fiche, autre: Fiche) -> dict[str, Any]:
    """Return both fiches, the older one first: it is the main one by default."""
    siennes = load_fiche(fiche.id) or fiche
    une, seconde = sorted((siennes, autre), key=lambda f: (f.deposee_le, f.id))
    return {
        "fiche": fiche,
        "autre": autre,
        "fiches": (une, seconde),
        "parties": LIBELLES_PARTIES,
        "reunies": [f for f in (une, seconde) if f.est_reunie],
        "le": today(),
    }


@bp.route("/fiches/<int:fiche_id>/separation", methods=["GET", "POST"])
@droit(peut_reunir, sur=get_reunie)
def separer(fiche: Fiche) -> ResponseReturnValue:
    form, principale = ActionForm(), fiche.reunie_a_id
    if form.validate_on_submit():
        use_cases.separer(fiche.id, par=moi())
        confirm(_("Les deux fiches sont séparées. Leurs délégué·es en sont informé·es."))
        return redirect(url_for("fiches.detail", fiche_id=fiche.id), 303)
    if principale is None:
        return redirect(url_for("fiches.detail", fiche_id=fiche.id), 303)
    return render("doublons/separer.html", form=form, fiche=fiche, principale=load_fiche(principale))
