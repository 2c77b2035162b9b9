"""The form of an answer. Each of its buttons keeps the text and the chosen files."""

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from mse.core.text import _
from mse.core.web import get_files, moi, own_path, show_form_again
from mse.fiches.api import REPONSE_MAX
from mse.fiches.models import Saisine
from mse.redaction.forms import BrouillonForm
from mse.redaction.limites import PIECES_MAX
from mse.redaction.policies import peut_joindre
from mse.redaction.queries.fichiers import compare_pieces
from mse.redaction.use_cases.brouillons import garder_brouillon
from mse.redaction.use_cases.fichiers import joindre_pieces
from mse.redaction.workflow import A_APERCU, Geste

ICI = "/fiches/<int:fiche_id>/saisines/<int:saisine_id>/redaction/<geste>"
PAGES = {
    Geste.REPONDRE: "fiches.repondre",
    Geste.REGLER: "fiches.regler",
    Geste.ABANDONNER: "fiches.abandonner",
    Geste.ETAPE: "fiches.ajouter_etape",
}


def read_geste(geste: str) -> Geste:
    if geste not in [un.value for un in Geste]:
        abort(404)
    return Geste(geste)


def receive_files(saisine: Saisine, geste: str, texte: str | None) -> list[str]:
    """Keep the files chosen in this form, and the text that goes with the files, as a draft. Return one
    sentence for each refused file.

    The fields `piece` name the files that the form shows. Without a file, do nothing.
    """
    envois, texte = get_files("fichiers"), texte or ""
    if not envois and "piece" not in request.form:
        return []
    if geste not in A_APERCU or len(texte) > REPONSE_MAX or not peut_joindre(moi(), saisine):
        return []
    refus = joindre_pieces(saisine, Geste(geste), texte, envois, par=moi())
    garder_brouillon(saisine, Geste(geste), texte, par=moi())
    return refus


def receive_answer(saisine: Saisine, geste: str, texte: str | None) -> list[str]:
    """Receive the files before their text is published. Refuse if another window has joined or removed some
    since the form was shown: nobody has read the text beside them. The form is shown again with all files."""
    refus = list[str]()
    if geste in A_APERCU and peut_joindre(moi(), saisine):
        ajoutees, retirees = compare_pieces(saisine, Geste(geste), _read_montrees(), moi())
        if ajoutees:
            refus.append(_("Un fichier a été ajouté dans une autre fenêtre. Relisez, puis publiez."))
        if retirees:
            refus.append(_("Un fichier a été retiré dans une autre fenêtre. Relisez, puis publiez."))
    return [*receive_files(saisine, geste, texte), *refus]


def _read_montrees() -> set[int]:
    """Return the ids of the files that the form shows; what is no id is left out."""
    idents = request.form.getlist("piece")[:PIECES_MAX]
    return {int(ident) for ident in idents if ident.isdecimal() and len(ident) < 10}


def to_page(saisine: Saisine, geste: Geste, form: BrouillonForm) -> BaseResponse:
    """Redirect to the form of the answer, with the queue to return to afterwards."""
    retour = own_path(form.retour.data or request.args.get("retour"))
    page = url_for(PAGES[geste], fiche_id=saisine.fiche_id, saisine_id=saisine.id, retour=retour)
    return redirect(page, 303)


def show_page(
    saisine: Saisine,
    geste: Geste,
    form: BrouillonForm,
    *,
    texte: str | None = None,
    phrase: str = "",
    champ: str = "",
) -> BaseResponse:
    """Show the form of the answer again with `texte`, by default with what was typed. `phrase`: an error
    message, beside the field `champ`."""
    if request.method != "POST":
        return to_page(saisine, geste, form)
    fields = {
        "texte": form.texte.data or "" if texte is None else texte,
        "version": "" if form.version.data is None else str(form.version.data),
        "retour": form.retour.data or request.args.get("retour", ""),
    }
    page = url_for(PAGES[geste], fiche_id=saisine.fiche_id, saisine_id=saisine.id)
    phrase = phrase or next((str(faute) for faute in form.texte.errors), "")
    return show_form_again(
        page, fields.items(), message=phrase, champ=champ, status=422 if phrase else 200, categorie="erreur"
    )
