"""Files of answers."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from mse.comptes.models import Compte
from mse.extensions import db
from mse.fiches.models import Etape, Saisine
from mse.redaction.models import BrouillonReponse, PieceReponse
from mse.redaction.policies import peut_lire_piece_de_reponse, peut_masquer_piece
from mse.redaction.workflow import Geste

_PAR_PAGE = 200  # files of one page
_EFFACEES = 100  # files erased in one run


def map_pieces_de(etapes: Collection[int]) -> Mapping[int, Sequence[PieceReponse]]:
    """Return the files of these étapes by étape id, masked ones included; the newest 200."""
    query = select(PieceReponse).where(PieceReponse.etape_id.in_(etapes))
    pieces = db.session.scalars(query.order_by(PieceReponse.id.desc()).limit(_PAR_PAGE)).all()
    par_etape = defaultdict(list)
    for piece in reversed(pieces):
        par_etape[piece.etape_id or 0].append(piece)
    return par_etape


def count_pieces_lisibles(etape_id: int) -> int:
    """Return the number of files of the étape that are not masked."""
    query = select(func.count()).where(PieceReponse.etape_id == etape_id, PieceReponse.masquee_le.is_(None))
    return db.session.scalar(query) or 0


def list_pieces_du_brouillon(saisine: Saisine, geste: Geste, par: Compte) -> Sequence[PieceReponse]:
    """Return the files that wait with the draft of `par`."""
    query = select(PieceReponse).join(PieceReponse.brouillon)
    siennes = (BrouillonReponse.saisine_id == saisine.id, BrouillonReponse.compte_id == par.id)
    query = query.where(*siennes, BrouillonReponse.geste == geste)
    return db.session.scalars(query.order_by(PieceReponse.id)).all()


def compare_pieces(
    saisine: Saisine, geste: Geste, montrees: Collection[int], par: Compte
) -> tuple[set[int], set[int]]:
    """Return the ids of the files of the draft that are not in `montrees`, and the ids in `montrees` of files
    that are deleted. A file that was published meanwhile, by a second click, is neither."""
    presentes = {piece.id for piece in list_pieces_du_brouillon(saisine, geste, par)}
    absentes = set(montrees) - presentes
    existent = select(PieceReponse.id).where(PieceReponse.id.in_(absentes))
    return presentes - set(montrees), absentes - set(db.session.scalars(existent) if absentes else ())


def get_piece(compte: Compte | None, piece_id: int) -> PieceReponse | None:
    """Return a file that `compte` may read."""
    piece = _find(piece_id)
    return piece if piece is not None and peut_lire_piece_de_reponse(compte, piece) else None


def get_piece_a_masquer(compte: Compte | None, piece_id: int) -> PieceReponse | None:
    """Return a file that `compte` may read, or may mask even if its bytes are erased."""
    piece = _find(piece_id)
    if piece is None or not (peut_lire_piece_de_reponse(compte, piece) or peut_masquer_piece(compte, piece)):
        return None
    return piece


def list_pieces_a_effacer(avant: datetime) -> Sequence[PieceReponse]:
    """Return the files masked before this instant whose bytes still exist, at most 100."""
    query = select(PieceReponse).where(PieceReponse.masquee_le < avant, PieceReponse.effacee_le.is_(None))
    return db.session.scalars(query.order_by(PieceReponse.masquee_le).limit(_EFFACEES)).all()


def _find(piece_id: int) -> PieceReponse | None:
    etape = joinedload(PieceReponse.etape).joinedload(Etape.fiche)
    query = select(PieceReponse).where(PieceReponse.id == piece_id)
    return db.session.scalar(query.options(etape, joinedload(PieceReponse.brouillon)))
