"""The files of a fiche: joined to its draft, read by those who may."""

from typing import Any

from flask import Response, abort, flash, redirect, request, url_for

from mse.core.files.formats import ACCEPT
from mse.core.textes import _, ngettext
from mse.core.web import FichiersForm, accepts_files, droit, get_files, moi, render, send_stored
from mse.fiches.limites import PIECE_OCTETS_MAX, PIECES_MAX
from mse.fiches.models import Fiche, Piece
from mse.fiches.policies import peut_ecrire, peut_lire_piece
from mse.fiches.queries.pages import get_brouillon
from mse.fiches.queries.pieces import get_piece, list_pieces
from mse.fiches.use_cases.joindre import joindre_pieces, retirer_piece
from mse.fiches.views import bp
from mse.fiches.views.deposer import cadre, continuer, deja_deposee

_PIECE = "/fiches/<int:fiche_id>/pieces/<int:piece_id>"


@bp.route("/fiches/<int:fiche_id>/brouillon/pieces", methods=["GET", "POST"])
@accepts_files(PIECES_MAX * PIECE_OCTETS_MAX)
@droit(peut_ecrire, sur=get_brouillon)
def joindre(fiche: Fiche) -> Any:
    """A step of the draft. Each button takes what was chosen along, so that none loses it."""
    if not fiche.est_brouillon:
        return deja_deposee(fiche, "pieces")
    form = FichiersForm()
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
        "fiches/brouillon_pieces.html",
        form=form,
        pieces=list_pieces(fiche),
        maximum=PIECES_MAX,
        octets=PIECE_OCTETS_MAX,
        accept=ACCEPT,
        **cadre(fiche, "pieces"),
    )


def _suite(fiche: Fiche, form: FichiersForm) -> Any:
    if form.retirer.data or "ajouter" in request.form:
        return redirect(url_for("fiches.joindre", fiche_id=fiche.id), 303)
    return continuer(fiche, "pieces")


@bp.get(_PIECE)
@droit(peut_lire_piece, sur=get_piece)
def piece(piece: Piece) -> Response:
    return send_stored(piece.chemin, piece.format.mimetype, name=piece.nom)


@bp.get(f"{_PIECE}/vignette")
@droit(peut_lire_piece, sur=get_piece)
def vignette(piece: Piece) -> Response:
    return send_stored(piece.chemin_vignette or abort(404), "image/jpeg")
