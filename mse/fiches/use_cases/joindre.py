"""Join files to a draft, take them away, forget what no row names."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

from sqlalchemy import func, select, update

from mse.comptes.models import Compte
from mse.core.clock import now
from mse.core.database import deferred
from mse.core.errors import DonneeInvalide, ErreurMetier, TransitionInterdite
from mse.core.files import PlusDePlace, Prepared, prepare
from mse.core.textes import _
from mse.core.use_cases import after_commit, record, release, use_case
from mse.extensions import db
from mse.fiches.events import PieceJointe, PieceRetiree
from mse.fiches.limites import PIECE_OCTETS_MAX, PIECES_MAX
from mse.fiches.models import Fiche, Piece
from mse.fiches.models.piece import RESERVE
from mse.fiches.policies import peut_ecrire
from mse.fiches.queries.pieces import list_fichiers_connus
from mse.fiches.use_cases.etapes import exige_droit


@dataclass(frozen=True)
class Envoi:
    """A file as it was sent: the name its sender gave it, and its bytes."""

    nom: str
    contenu: IO[bytes]


def joindre_pieces(fiche: Fiche, envois: Sequence[Envoi], *, par: Compte) -> list[str]:
    """Those accepted are joined; the sentences say why the others are not.

    Checking, drawing anew and flushing to disk come before the transaction (promesses.md, Durability): a row
    never names a file that is not there, and a file that no row names is an orphan for `balayer_reserve`.
    """
    _exige_brouillon(fiche, par)
    fiche_id, refus = fiche.id, []
    release()
    for envoi in envois:
        try:
            piece = prepare(envoi.nom, envoi.contenu, max_bytes=PIECE_OCTETS_MAX)
            _ranger(fiche_id, piece, par=par)
        except DonneeInvalide as error:
            refus.append(str(error))
        except PlusDePlace as error:
            refus.append(str(error))
            break
    return refus


def _ranger(fiche_id: int, prete: Prepared, *, par: Compte) -> None:
    """A refusal leaves no file. After a breakdown nobody knows what was committed: `balayer_reserve` will."""
    noms: list[str] = []
    try:
        for contenu in (prete.content, prete.thumbnail):
            if contenu is not None:
                noms.append(RESERVE.save(contenu))
        nommes = _joindre_piece(fiche_id, prete, *noms, par=par)
    except ErreurMetier:
        RESERVE.remove(noms)
        raise
    RESERVE.remove(set(noms) - set(nommes))


@use_case
def _joindre_piece(
    fiche_id: int, prete: Prepared, fichier: str, vignette: str | None = None, *, par: Compte
) -> list[str]:
    """The files that a row names from now on; none when the same file was joined already."""
    fiche = db.session.get(Fiche, fiche_id, with_for_update=True, populate_existing=True)
    if fiche is None:
        raise TransitionInterdite(_("Ce brouillon vient d’être supprimé."))
    _exige_brouillon(fiche, par)
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
    piece = Piece(
        fiche_id=fiche.id,
        nom=prete.name,
        format=prete.format,
        taille=prete.size,
        empreinte=prete.digest,
        fichier=fichier,
        vignette=vignette,
        ajoutee_le=now(),
    )
    db.session.add(piece)
    _compter(fiche)
    record(PieceJointe(piece_id=piece.id, par_id=par.id))
    return piece.fichiers


@use_case
def retirer_piece(fiche: Fiche, piece_id: int, *, par: Compte) -> None:
    """From a draft; taken away already, there is nothing to do."""
    _exige_brouillon(fiche, par)
    piece = db.session.get(Piece, piece_id)
    if piece is None or piece.fiche_id != fiche.id:
        return
    fichiers = piece.fichiers
    db.session.delete(piece)
    _compter(fiche)
    record(PieceRetiree(piece_id=piece_id, par_id=par.id))
    after_commit(lambda: RESERVE.remove(fichiers))


def oublier_pieces(fiche: Fiche) -> None:
    """Within a use case that deletes the fiche: its rows go with it, the files once that is committed."""
    fichiers = [
        nom
        for piece in db.session.scalars(select(Piece).where(Piece.fiche_id == fiche.id))
        for nom in piece.fichiers
    ]
    after_commit(lambda: RESERVE.remove(fichiers))


def balayer_reserve() -> int:
    """For the worker: what a crash between file and row, or between row and file, left behind."""
    with deferred():
        return RESERVE.sweep(list_fichiers_connus)


def _compter(fiche: Fiche) -> None:
    """The only writer of `nombre_pieces`. Not a change of the text: whoever writes it elsewhere goes on."""
    db.session.flush()
    nombre = select(func.count()).where(Piece.fiche_id == fiche.id).scalar_subquery()
    db.session.execute(
        update(Fiche).where(Fiche.id == fiche.id).values(nombre_pieces=nombre, modifiee_le=now())
    )


def _exige_brouillon(fiche: Fiche, par: Compte) -> None:
    exige_droit(peut_ecrire(par, fiche))
    if not fiche.est_brouillon:
        raise TransitionInterdite(_("Cette fiche est déjà déposée : ses pièces jointes ne changent plus."))
