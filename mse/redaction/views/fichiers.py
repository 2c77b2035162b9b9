"""Files of answers: join and remove them while writing, download and mask them."""

from flask import Response, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from mse.core.text import _
from mse.core.web import PUBLIC, accepts_files, droit, get_files, moi, render, send_stored
from mse.fiches.api import MOTIF_MIN, PIECES_OCTETS_MAX
from mse.fiches.models import Saisine
from mse.fiches.policies import dire_transfert
from mse.fiches.queries.pages import get_saisine
from mse.redaction.forms import BrouillonForm, MotifForm
from mse.redaction.models import PieceReponse
from mse.redaction.policies import peut_joindre, peut_masquer_piece
from mse.redaction.queries.fichiers import get_piece, get_piece_a_masquer
from mse.redaction.use_cases import fichiers as use_cases
from mse.redaction.views import bp
from mse.redaction.views.formulaire import ICI, read_geste, receive_files, show_page
from mse.redaction.workflow import A_APERCU

_PIECE = "/reponses/pieces/<int:piece_id>"


@bp.route(f"{ICI}/fichiers", methods=["GET", "POST"])
@accepts_files(PIECES_OCTETS_MAX)
@droit(peut_joindre, sur=get_saisine, sinon=dire_transfert)
def joindre(saisine: Saisine, geste: str) -> ResponseReturnValue:
    """Join the chosen files to the draft, or remove one. The form is shown again with its text."""
    form, un = BrouillonForm(), read_geste(geste)
    if un not in A_APERCU:
        abort(404)
    if not form.validate_on_submit():
        return show_page(saisine, un, form)
    retiree, envois = form.retirer.data, get_files("fichiers")
    if retiree:
        use_cases.retirer_piece(saisine, un, retiree, par=moi())
    refus = receive_files(saisine, un, form.texte.data)
    if not retiree and not envois:
        refus = [_("Choisissez au moins un fichier.")]
    return show_page(saisine, un, form, phrase=" ".join(refus), champ="fichiers" if refus else "")


@bp.get(_PIECE)
@droit(PUBLIC, sur=get_piece)
def piece(piece: PieceReponse) -> Response:
    return send_stored(piece.chemin, piece.format.mimetype, name=piece.nom)


@bp.get(f"{_PIECE}/vignette")
@droit(PUBLIC, sur=get_piece)
def vignette(piece: PieceReponse) -> Response:
    return send_stored(piece.chemin_vignette or abort(404), "image/jpeg")


@bp.route(f"{_PIECE}/masquage", methods=["GET", "POST"])
@droit(peut_masquer_piece, sur=get_piece_a_masquer)
def masquer_piece(piece: PieceReponse) -> ResponseReturnValue:
    form, fiche = MotifForm(), piece.etape.fiche if piece.etape else abort(404)
    if form.validate_on_submit():
        use_cases.masquer_piece(piece, form.texte.data, par=moi())
        flash(_("Le fichier est masqué. Votre raison s’affiche à sa place."), "succes")
        return redirect(url_for("fiches.detail", fiche_id=fiche.id), 303)
    return render("redaction/masquer_piece.html", form=form, piece=piece, fiche=fiche, minimum=MOTIF_MIN)
