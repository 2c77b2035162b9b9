"""The buttons of the page of answering: template, preview, draft.

They stand in forms of `fiches` and of the queue. Without JavaScript they show the form again. A script asks
for the same addresses with `Accept: text/plain`, and stays on its page.
"""

from datetime import datetime

from flask import Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as BaseResponse

from mse.core.dates import moment
from mse.core.errors import DonneeInvalide
from mse.core.rate_limit import rate_limited
from mse.core.text import _, lazy
from mse.core.web import CONNECTE, ActionForm, confirm, droit, moi, own_path, render, show_form_again
from mse.fiches.api import ETAPES, exige_reponse
from mse.fiches.models import Saisine
from mse.fiches.policies import dire_transfert, peut_traiter
from mse.fiches.queries.pages import get_saisine
from mse.redaction.forms import BrouillonForm
from mse.redaction.libelles import GESTES
from mse.redaction.policies import peut_rediger
from mse.redaction.queries.apercu import get_apercu
from mse.redaction.queries.brouillons import list_mes_brouillons
from mse.redaction.queries.modeles import get_modele_de
from mse.redaction.reperes import list_a_completer, remplir
from mse.redaction.use_cases import brouillons as use_cases
from mse.redaction.views import bp
from mse.redaction.workflow import A_APERCU, Geste

_ICI = "/fiches/<int:fiche_id>/saisines/<int:saisine_id>/redaction/<geste>"
PAR_ADRESSE, EN_TOUT = 1_200, 12_000  # drafts saved a minute; one person saves about twelve
_PAGES = {
    Geste.REPONDRE: "fiches.repondre",
    Geste.REGLER: "fiches.regler",
    Geste.ABANDONNER: "fiches.abandonner",
    Geste.ETAPE: "fiches.ajouter_etape",
}


@bp.route(f"{_ICI}/modele", methods=["GET", "POST"])
@droit(peut_rediger, sur=get_saisine, sinon=dire_transfert)
def inserer(saisine: Saisine, geste: str) -> ResponseReturnValue:
    """Append a template to the text. What was typed stays."""
    form, un = BrouillonForm(), _read_geste(geste)
    if not form.validate_on_submit():
        return _back(saisine, un, form)
    modele = get_modele_de(moi(), saisine, form.modele.data or form.autre_modele.data)
    if modele is None:
        return _back(saisine, un, form, phrase=_("Choisissez un modèle dans la liste."))
    texte = remplir(modele.texte, saisine)
    if _is_script():
        return Response(texte, mimetype="text/plain")
    ecrit = form.texte.data
    return _back(saisine, un, form, texte=f"{ecrit}\n\n{texte}" if ecrit else texte)


@bp.route(f"{_ICI}/apercu", methods=["GET", "POST"])
@droit(peut_rediger, sur=get_saisine, sinon=dire_transfert)
def apercu(saisine: Saisine, geste: str) -> ResponseReturnValue:
    """Show the mail and the public line that publishing would write."""
    form, un = BrouillonForm(), _read_geste(geste)
    if un not in A_APERCU:
        abort(404)
    if not form.validate_on_submit() or "corriger" in request.form:
        return _back(saisine, un, form)
    try:
        texte = exige_reponse(form.texte.data or "")
    except DonneeInvalide as refus:
        return _back(saisine, un, form, phrase=str(refus), champ="texte")
    use_cases.garder_brouillon(saisine, un, texte, par=moi())
    return render(
        "redaction/apercu.html",
        form=form,
        fiche=saisine.fiche,
        saisine=saisine,
        geste=un.value,
        tient_file=peut_traiter(moi(), saisine),
        publier=url_for(_PAGES[un], fiche_id=saisine.fiche_id, saisine_id=saisine.id),
        apercu=get_apercu(saisine, un, texte, par=moi()),
        a_completer=", ".join(list_a_completer(texte)),
        etapes_libelles=ETAPES,
    )


@bp.route(f"{_ICI}/brouillon", methods=["GET", "POST"])
@droit(peut_rediger, sur=get_saisine, sinon=dire_transfert)
def garder(saisine: Saisine, geste: str) -> ResponseReturnValue:
    form, un = BrouillonForm(), _read_geste(geste)
    if not form.validate_on_submit():
        return _back(saisine, un, form)
    le = _garder(saisine, un, form.texte.data or "")
    if _is_script():
        return Response(moment(le) if le else "", mimetype="text/plain")
    confirm(_("Votre brouillon est gardé. Vous seul·e le lisez.") if le else _("Il n’y a rien à garder."))
    return _to_page(saisine, un, form)


@bp.get("/mes-brouillons")
@droit(CONNECTE)
def mes_brouillons() -> ResponseReturnValue:
    brouillons = [
        (un, url_for(_PAGES[un.geste], fiche_id=un.saisine.fiche_id, saisine_id=un.saisine_id))
        if peut_rediger(moi(), un.saisine)
        else (un, None)
        for un in list_mes_brouillons(moi())
    ]
    return render("redaction/mes_brouillons.html", brouillons=brouillons, gestes=GESTES)


@bp.route("/mes-brouillons/<int:saisine_id>/<geste>/suppression", methods=["GET", "POST"])
@droit(CONNECTE)
def effacer(saisine_id: int, geste: str) -> ResponseReturnValue:
    """Delete the user's own draft. There is nothing to do if it is deleted already."""
    if ActionForm().validate_on_submit():
        use_cases.effacer_brouillon(saisine_id, _read_geste(geste), par=moi())
        confirm(_("Votre brouillon est supprimé."))
        if suite := own_path(request.args.get("suite")):
            return redirect(suite, 303)
    return redirect(url_for("redaction.mes_brouillons"), 303)


@rate_limited(PAR_ADRESSE, EN_TOUT, lazy("Le site enregistre trop de brouillons\u202f: réessayez plus tard."))
def _garder(saisine: Saisine, geste: Geste, texte: str) -> datetime | None:
    return use_cases.garder_brouillon(saisine, geste, texte, par=moi())


def _read_geste(geste: str) -> Geste:
    if geste not in [un.value for un in Geste]:
        abort(404)
    return Geste(geste)


def _is_script() -> bool:
    return request.accept_mimetypes.best == "text/plain"


def _to_page(saisine: Saisine, geste: Geste, form: BrouillonForm) -> BaseResponse:
    """Redirect to the page of answering, which keeps the queue to return to."""
    retour = own_path(form.retour.data or request.args.get("retour"))
    page = url_for(_PAGES[geste], fiche_id=saisine.fiche_id, saisine_id=saisine.id, retour=retour)
    return redirect(page, 303)


def _back(
    saisine: Saisine,
    geste: Geste,
    form: BrouillonForm,
    *,
    texte: str | None = None,
    phrase: str = "",
    champ: str = "",
) -> BaseResponse:
    """Show the page of answering with the text."""
    if request.method != "POST":
        return _to_page(saisine, geste, form)
    fields = {
        "texte": form.texte.data or "" if texte is None else texte,
        "version": "" if form.version.data is None else str(form.version.data),
        "retour": form.retour.data or request.args.get("retour", ""),
    }
    page = url_for(_PAGES[geste], fiche_id=saisine.fiche_id, saisine_id=saisine.id)
    phrase = phrase or next((str(faute) for faute in form.texte.errors), "")
    return show_form_again(
        page, fields.items(), message=phrase, champ=champ, status=422 if phrase else 200, categorie="erreur"
    )
