"""Endpoints behind the buttons of the form of an answer: insert a template, preview, save the draft.

The form belongs to `fiches` or to the queue. Without JavaScript, an endpoint renders the form again. A script
that inserts a template sends `Accept: text/plain` to the same URL and receives the text alone; autosave.js
sends `Accept: application/json`.
"""

from datetime import datetime

from flask import Response, abort, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from mse.core.dates import moment
from mse.core.errors import DonneeInvalide
from mse.core.rate_limit import rate_limited
from mse.core.text import _, lazy
from mse.core.web import CONNECTE, ActionForm, accepts_files, confirm, droit, is_script, moi, own_path, render
from mse.fiches.api import ETAPES, PIECES_OCTETS_MAX, exige_reponse
from mse.fiches.models import Saisine
from mse.fiches.policies import dire_transfert, peut_traiter
from mse.fiches.queries.pages import get_saisine
from mse.redaction.forms import BrouillonForm
from mse.redaction.libelles import GESTES
from mse.redaction.placeholders import list_a_completer, remplir
from mse.redaction.policies import peut_rediger
from mse.redaction.queries.apercu import get_apercu
from mse.redaction.queries.brouillons import get_dernier_texte, list_mes_brouillons
from mse.redaction.queries.fichiers import list_pieces_du_brouillon
from mse.redaction.queries.modeles import get_modele_de
from mse.redaction.use_cases import brouillons as use_cases
from mse.redaction.views import bp
from mse.redaction.views.formulaire import ICI, PAGES, read_geste, receive_files, show_page, to_page
from mse.redaction.workflow import A_APERCU, Geste

PAR_ADRESSE, EN_TOUT = 1_200, 12_000  # drafts saved a minute; one person saves about twelve


@bp.route(f"{ICI}/modele", methods=["GET", "POST"])
@accepts_files(PIECES_OCTETS_MAX)
@droit(peut_rediger, sur=get_saisine, sinon=dire_transfert)
def inserer(saisine: Saisine, geste: str) -> ResponseReturnValue:
    """Append a template to the typed text."""
    form, un = BrouillonForm(), read_geste(geste)
    if not form.validate_on_submit():
        return show_page(saisine, un, form)
    if refus := receive_files(saisine, un, form.texte.data):
        return show_page(saisine, un, form, phrase=" ".join(refus), champ="fichiers")
    modele = get_modele_de(moi(), saisine, form.modele.data or form.autre_modele.data)
    if modele is None:
        return show_page(saisine, un, form, phrase=_("Choisissez un modèle dans la liste."))
    texte = remplir(modele.texte, saisine)
    if request.accept_mimetypes.best == "text/plain":
        return Response(texte, mimetype="text/plain")
    ecrit = form.texte.data
    return show_page(saisine, un, form, texte=f"{ecrit}\n\n{texte}" if ecrit else texte)


@bp.route(f"{ICI}/apercu", methods=["GET", "POST"])
@accepts_files(PIECES_OCTETS_MAX)
@droit(peut_rediger, sur=get_saisine, sinon=dire_transfert)
def apercu(saisine: Saisine, geste: str) -> ResponseReturnValue:
    """Show the mail and the public line that publishing the text would write, and save it as a draft."""
    form, un = BrouillonForm(), read_geste(geste)
    if un not in A_APERCU:
        abort(404)
    if not form.validate_on_submit() or "corriger" in request.form:
        return show_page(saisine, un, form)
    if refus := receive_files(saisine, un, form.texte.data):
        return show_page(saisine, un, form, phrase=" ".join(refus), champ="fichiers")
    try:
        texte = exige_reponse(form.texte.data or "")
    except DonneeInvalide as error:
        return show_page(saisine, un, form, phrase=str(error), champ="texte")
    use_cases.garder_brouillon(saisine, un, texte, par=moi())
    pieces = list_pieces_du_brouillon(saisine, un, moi())
    return render(
        "redaction/apercu.html",
        form=form,
        fiche=saisine.fiche,
        saisine=saisine,
        geste=un.value,
        tient_file=peut_traiter(moi(), saisine),
        publier=url_for(PAGES[un], fiche_id=saisine.fiche_id, saisine_id=saisine.id),
        pieces=pieces,
        apercu=get_apercu(saisine, un, texte, pieces, par=moi()),
        a_completer=", ".join(list_a_completer(texte)),
        etapes_libelles=ETAPES,
    )


@bp.route(f"{ICI}/brouillon", methods=["GET", "POST"])
@accepts_files(PIECES_OCTETS_MAX)
@droit(peut_rediger, sur=get_saisine, sinon=dire_transfert)
def garder(saisine: Saisine, geste: str) -> ResponseReturnValue:
    """Save the draft, by its button or by the script of the page, which also asks for the last text."""
    form, un = BrouillonForm(), read_geste(geste)
    if is_script() and request.method == "GET":
        return jsonify(texte=get_dernier_texte(saisine, un, par=moi()))
    if not form.validate_on_submit():
        if is_script():
            return jsonify(phrase=" ".join(str(faute) for faute in form.texte.errors)), 422
        return show_page(saisine, un, form)
    if refus := receive_files(saisine, un, form.texte.data):
        return show_page(saisine, un, form, phrase=" ".join(refus), champ="fichiers")
    le = _garder(saisine, un, form.texte.data or "")
    if is_script():
        phrase = _("Brouillon enregistré %(moment)s. Vous seul·e le lisez.", moment=moment(le)) if le else ""
        return jsonify(garde=phrase, texte=form.texte.data)
    confirm(_("Votre brouillon est gardé. Vous seul·e le lisez.") if le else _("Il n’y a rien à garder."))
    return to_page(saisine, un, form)


@bp.get("/mes-brouillons")
@droit(CONNECTE)
def mes_brouillons() -> ResponseReturnValue:
    brouillons = [
        (un, url_for(PAGES[un.geste], fiche_id=un.saisine.fiche_id, saisine_id=un.saisine_id))
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
        use_cases.effacer_brouillon(saisine_id, read_geste(geste), par=moi())
        confirm(_("Votre brouillon est supprimé."))
        if suite := own_path(request.args.get("suite")):
            return redirect(suite, 303)
    return redirect(url_for("redaction.mes_brouillons"), 303)


@rate_limited(PAR_ADRESSE, EN_TOUT, lazy("Le site enregistre trop de brouillons\u202f: réessayez plus tard."))
def _garder(saisine: Saisine, geste: Geste, texte: str) -> datetime | None:
    return use_cases.garder_brouillon(saisine, geste, texte, par=moi())
