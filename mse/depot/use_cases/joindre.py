"""Add attachments to a draft, remove them, delete orphan files."""

from collections.abc import Sequence
from functools import partial

from sqlalchemy import select

from mse.comptes.models import Compte
from mse.core.errors import DonneeInvalide, TransitionInterdite
from mse.core.files import Envoi, Prepared, attach_files
from mse.core.guards import exige_droit
from mse.core.text import _
from mse.core.use_cases import after_commit, record, use_case
from mse.depot.brouillons import compter_pieces
from mse.depot.events import PieceJointe, PieceRetiree
from mse.depot.limites import PIECE_OCTETS_MAX, PIECES_MAX
from mse.extensions import db
from mse.fiches.api import INTERDIT, disparu
from mse.fiches.models import Fiche, Piece
from mse.fiches.policies import peut_ecrire


def joindre_pieces(fiche: Fiche, envois: Sequence[Envoi], *, par: Compte) -> list[str]:
    """Attach the valid files. Return one sentence for each refused file."""
    _exige_brouillon(fiche, par)
    keep = partial(_joindre_piece, fiche.id, par=par)
    return attach_files(Piece.store, envois, keep, max_bytes=PIECE_OCTETS_MAX)


@use_case
def _joindre_piece(
    fiche_id: int, prete: Prepared, fichier: str, vignette: str | None = None, *, par: Compte
) -> list[str]:
    """Attach one file. Return the file names of the new row; none if the file is already attached."""
    fiche = _relire_brouillon(fiche_id, par)
    presentes = set(db.session.scalars(select(Piece.empreinte).where(Piece.fiche_id == fiche.id)))
    if prete.digest in presentes:
        return []
    if len(presentes) >= PIECES_MAX:
        raise DonneeInvalide(
            _(
                "« %(nom)s » : la fiche a déjà %(max)s fichiers, c’est le maximum.",
                nom=prete.name,
                max=PIECES_MAX,
            )
        )
    piece = Piece.of(prete, fichier, vignette, fiche_id=fiche.id)
    db.session.add(piece)
    compter_pieces(fiche)
    record(PieceJointe(piece_id=piece.id, par_id=par.id))
    return piece.fichiers


@use_case
def retirer_piece(fiche: Fiche, piece_id: int, *, par: Compte) -> None:
    """Remove an attachment from a draft. Do nothing if it is already removed."""
    fiche = _relire_brouillon(fiche.id, par)
    piece = db.session.get(Piece, piece_id)
    if piece is None or piece.fiche_id != fiche.id:
        return
    fichiers = piece.fichiers
    db.session.delete(piece)
    compter_pieces(fiche)
    record(PieceRetiree(piece_id=piece_id, par_id=par.id))
    after_commit(lambda: Piece.store.remove(fichiers))


def _relire_brouillon(fiche_id: int, par: Compte) -> Fiche:
    """Lock and reload the draft, so that nobody files it meanwhile."""
    fiche = db.session.get(Fiche, fiche_id, with_for_update=True, populate_existing=True)
    if fiche is None:
        raise disparu()
    _exige_brouillon(fiche, par)
    return fiche


def _exige_brouillon(fiche: Fiche, par: Compte) -> None:
    exige_droit(peut_ecrire(par, fiche), INTERDIT)
    if not fiche.est_brouillon:
        raise TransitionInterdite(_("Cette fiche est déjà déposée : ses pièces jointes ne changent plus."))
