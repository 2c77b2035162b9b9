"""The files joined to a draft."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from mse.core.files.formats import ACCEPT
from mse.core.text import _, ngettext
from mse.core.web import FilesForm, accepts_files, confirm, droit, get_files, moi, render
from mse.depot.limites import PIECE_OCTETS_MAX, PIECES_EN_TOUT, PIECES_MAX
from mse.depot.use_cases.completer import ajouter_pieces
from mse.depot.use_cases.joindre import joindre_pieces, retirer_piece
from mse.depot.views import bp
from mse.depot.views.deposer import cadre, continuer, deja_deposee
from mse.fiches.models import Fiche
from mse.fiches.policies import peut_ecrire, peut_preciser
from mse.fiches.queries.pages import get_brouillon, get_fiche
from mse.fiches.queries.pieces import list_pieces


@bp.route("/fiches/<int:fiche_id>/brouillon/pieces", methods=["GET", "POST"])
@accepts_files(PIECES_MAX * PIECE_OCTETS_MAX)
@droit(peut_ecrire, sur=get_brouillon)
def joindre(fiche: Fiche) -> ResponseReturnValue:
    """Step of a draft: attachments. Every button uploads the chosen files, so that none is lost."""
    if not fiche.est_brouillon:
        return deja_deposee(fiche, "pieces")
    form = FilesForm()
    if form.validate_on_submit():
        if form.retirer.data:
            retirer_piece(fiche, form.retirer.data, par=moi())
        avant = fiche.nombre_pieces
        envois = get_files("fichiers")
        refus = joindre_pieces(fiche, envois, par=moi())
        if "ajouter" in request.form and not envois:
            refus = [_("Choisissez au moins un fichier.")]
        if ajoutes := fiche.nombre_pieces - avant:
            flash(ngettext("%(num)s fichier ajouté.", "%(num)s fichiers ajoutés.", ajoutes), "succes")
        if not refus:
            return _suite(fiche, form)
        form.fichiers.errors = refus
    return render(
        "depot/brouillon_pieces.html",
        form=form,
        pieces=list_pieces(fiche),
        maximum=PIECES_MAX,
        octets=PIECE_OCTETS_MAX,
        accept=ACCEPT,
        **cadre(fiche, "pieces"),
    )


@bp.route("/fiches/<int:fiche_id>/pieces/ajout", methods=["GET", "POST"])
@accepts_files(PIECES_MAX * PIECE_OCTETS_MAX)
@droit(peut_preciser, sur=get_fiche)
def ajouter(fiche: Fiche) -> ResponseReturnValue:
    """Add files to a filed fiche, by its delegates."""
    form, envois = FilesForm(), get_files("fichiers")
    if form.validate_on_submit():
        refus = ajouter_pieces(fiche, envois, par=moi()) if envois else [_("Choisissez au moins un fichier.")]
        if not refus:
            confirm(
                _("Vos fichiers sont joints. Les responsables de la fiche en sont informés."), voir="#vie"
            )
            return redirect(url_for("fiches.detail", fiche_id=fiche.id), 303)
        form.fichiers.errors = refus
    return render(
        "depot/ajouter_pieces.html",
        form=form,
        fiche=fiche,
        maximum=PIECES_EN_TOUT,
        octets=PIECE_OCTETS_MAX,
        accept=ACCEPT,
    )


def _suite(fiche: Fiche, form: FilesForm) -> ResponseReturnValue:
    if form.retirer.data or "ajouter" in request.form:
        return redirect(url_for("depot.joindre", fiche_id=fiche.id), 303)
    return continuer(fiche, "pieces")
