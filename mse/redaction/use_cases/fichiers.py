"""Join files to the draft of an answer, remove them, mask them once they are public."""

from collections.abc import Sequence
from functools import partial

from mse.comptes.models import Compte
from mse.core.clock import is_recent, now
from mse.core.database import one_at_a_time
from mse.core.errors import DonneeInvalide, TransitionInterdite
from mse.core.files import Envoi, Prepared, attach_files
from mse.core.guards import exige_droit
from mse.core.text import _
from mse.core.text_length import limite
from mse.core.use_cases import after_commit, prepared, record, use_case
from mse.extensions import db
from mse.fiches.api import INTERDIT, REPONSE_MAX, exige_motif
from mse.fiches.models import Saisine
from mse.fiches.queries.pages import get_derniere_etape
from mse.redaction.brouillons import begin_brouillon, find_brouillon, list_pieces, name_lock
from mse.redaction.events import PieceReponseJointe, PieceReponseMasquee
from mse.redaction.limites import GARDE, PIECE_OCTETS_MAX, PIECES_MAX
from mse.redaction.models import PieceReponse
from mse.redaction.policies import peut_joindre, peut_masquer_piece
from mse.redaction.queries.fichiers import list_pieces_a_effacer
from mse.redaction.workflow import A_APERCU, Geste


def joindre_pieces(
    saisine: Saisine, geste: Geste, texte: str, envois: Sequence[Envoi], *, par: Compte
) -> list[str]:
    """Join the valid files to the draft of `par`. Return one sentence for each refused file.

    `texte`: the text of the form. If it has just been published, the form was sent twice: nothing is joined.
    """
    exige_droit(peut_joindre(par, saisine) and geste in A_APERCU, INTERDIT)
    keep = partial(_joindre_piece, saisine, geste, limite(texte, REPONSE_MAX), par=par)
    return attach_files(PieceReponse.store, envois, keep, max_bytes=PIECE_OCTETS_MAX)


@use_case
def _joindre_piece(
    saisine: Saisine,
    geste: Geste,
    texte: str,
    prete: Prepared,
    fichier: str,
    vignette: str | None = None,
    *,
    par: Compte,
) -> list[str]:
    """Join one file. Return the file names of the new row; none if the draft has this file already."""
    exige_droit(peut_joindre(par, saisine), INTERDIT)
    one_at_a_time(name_lock(saisine.id, par.id))
    etape = get_derniere_etape(saisine)
    if etape is not None and (etape.auteur_id, etape.texte) == (par.id, texte):
        return []
    brouillon = find_brouillon(saisine.id, geste, par.id) or begin_brouillon(saisine, geste, par)
    db.session.flush()
    presentes = {piece.empreinte for piece in list_pieces(brouillon)}
    if prete.digest in presentes:
        return []
    if len(presentes) >= PIECES_MAX:
        raise DonneeInvalide(
            _(
                "«\u202f%(nom)s\u202f»\u202f: votre texte a déjà %(max)s fichiers, c’est le maximum.",
                nom=prete.name,
                max=PIECES_MAX,
            )
        )
    piece = PieceReponse.of(prete, fichier, vignette, brouillon_id=brouillon.id)
    brouillon.modifie_le = now()
    db.session.add(piece)
    db.session.flush()
    record(PieceReponseJointe(piece_id=piece.id, par_id=par.id))
    return piece.fichiers


@use_case
def retirer_piece(saisine: Saisine, geste: Geste, piece_id: int, *, par: Compte) -> None:
    """Remove a file from the draft of `par`. Do nothing if it is already removed."""
    exige_droit(peut_joindre(par, saisine), INTERDIT)
    one_at_a_time(name_lock(saisine.id, par.id))
    brouillon, piece = find_brouillon(saisine.id, geste, par.id), db.session.get(PieceReponse, piece_id)
    if brouillon is None or piece is None or piece.brouillon_id != brouillon.id:
        return
    fichiers = piece.fichiers
    db.session.delete(piece)
    after_commit(lambda: PieceReponse.store.remove(fichiers))


@prepared(texte=exige_motif)
@use_case
def masquer_piece(piece: PieceReponse, texte: str, *, par: Compte) -> None:
    """Hide a file of a published answer from everybody but the animateurs. The line and the reason stay."""
    piece = db.session.get_one(PieceReponse, piece.id, with_for_update=True, populate_existing=True)
    exige_droit(peut_masquer_piece(par, piece), INTERDIT)
    if piece.masquee_le is not None:
        if is_recent(piece.masquee_le) and piece.masquee_motif == texte:
            return
        raise TransitionInterdite(_("Ce fichier est déjà masqué."))
    piece.masquer(texte, le=now(), par_id=par.id)
    record(PieceReponseMasquee(piece_id=piece.id, par_id=par.id))


@use_case
def effacer_pieces_masquees() -> int:
    """Erase the files masked a year ago, with their names; return their number."""
    pieces = list_pieces_a_effacer(now() - GARDE)
    fichiers = [nom for piece in pieces for nom in piece.fichiers]
    for piece in pieces:
        piece.effacer(now())
    after_commit(lambda: PieceReponse.store.remove(fichiers))
    return len(pieces)
