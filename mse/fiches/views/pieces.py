"""Download of the attachments of a fiche."""

from flask import Response, abort

from mse.core.web import droit, send_stored
from mse.fiches.models import Piece
from mse.fiches.policies import peut_lire_piece
from mse.fiches.queries.pieces import get_piece
from mse.fiches.views import bp

_PIECE = "/fiches/<int:fiche_id>/pieces/<int:piece_id>"


@bp.get(_PIECE)
@droit(peut_lire_piece, sur=get_piece)
def piece(piece: Piece) -> Response:
    return send_stored(piece.chemin, piece.format.mimetype, name=piece.nom)


@bp.get(f"{_PIECE}/vignette")
@droit(peut_lire_piece, sur=get_piece)
def vignette(piece: Piece) -> Response:
    return send_stored(piece.chemin_vignette or abort(404), "image/jpeg")
