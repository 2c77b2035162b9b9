"""The files joined to fiches: those of one fiche, one that somebody may read, those that some row names."""

from collections.abc import Collection, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, selectinload

from mse.comptes.models import Compte
from mse.extensions import db
from mse.fiches.models import Fiche, Piece
from mse.fiches.policies import peut_lire_pieces


def list_pieces(fiche: Fiche) -> Sequence[Piece]:
    """In the order they were joined; a fiche without any costs no query."""
    if not fiche.nombre_pieces:
        return []
    return db.session.scalars(select(Piece).where(Piece.fiche_id == fiche.id).order_by(Piece.id)).all()


def get_piece(compte: Compte | None, fiche_id: int, piece_id: int) -> Piece | None:
    """One that `compte` may read, at the address of its own fiche."""
    piece = db.session.scalar(
        select(Piece)
        .join(Piece.fiche)
        .options(contains_eager(Piece.fiche).options(selectinload(Fiche.saisines)))
        .where(Piece.id == piece_id, Piece.fiche_id == fiche_id)
    )
    return piece if piece is not None and peut_lire_pieces(compte, piece.fiche) else None


def list_fichiers_connus(noms: Collection[str]) -> set[str]:
    """Those of `noms` that a row keeps."""
    rows = db.session.execute(
        select(Piece.fichier, Piece.vignette).where(or_(Piece.fichier.in_(noms), Piece.vignette.in_(noms)))
    )
    return {nom for row in rows for nom in row if nom}
