"""Attachments of a fiche."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, selectinload

from mse.comptes.models import Compte
from mse.extensions import db
from mse.fiches.models import Fiche, Piece
from mse.fiches.policies import peut_lire_pieces


def list_pieces(fiche: Fiche) -> Sequence[Piece]:
    """Return attachments in the order they were added. A fiche without any needs no query."""
    if not fiche.nombre_pieces:
        return []
    return db.session.scalars(select(Piece).where(Piece.fiche_id == fiche.id).order_by(Piece.id)).all()


def get_piece(compte: Compte | None, fiche_id: int, piece_id: int) -> Piece | None:
    """Return an attachment of this fiche that `compte` may read."""
    piece = db.session.scalar(
        select(Piece)
        .join(Piece.fiche)
        .options(contains_eager(Piece.fiche).options(selectinload(Fiche.saisines)))
        .where(Piece.id == piece_id, Piece.fiche_id == fiche_id)
    )
    return piece if piece is not None and peut_lire_pieces(compte, piece.fiche) else None
