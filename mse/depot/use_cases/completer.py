"""Add files to a filed fiche. They are as private as its other files; a line of its history says that they
were added."""

from collections.abc import Sequence
from functools import partial

from sqlalchemy import select

from mse.comptes.models import Compte
from mse.core.clock import now
from mse.core.errors import DonneeInvalide
from mse.core.files import Envoi, Prepared, attach_all_files
from mse.core.guards import exige_droit
from mse.core.html import Sanitized, sanitized
from mse.core.text import _
from mse.core.use_cases import record, use_case
from mse.depot.brouillons import compter_pieces
from mse.depot.limites import PIECE_OCTETS_MAX, PIECES_EN_TOUT
from mse.extensions import db
from mse.fiches.api import INTERDIT, NatureEtape, add_etape, verrouille
from mse.fiches.events import FichePrecisee
from mse.fiches.models import Fiche, Piece
from mse.fiches.policies import peut_preciser

Pretes = Sequence[tuple[Prepared, str] | tuple[Prepared, str, str]]


def ajouter_pieces(fiche: Fiche, envois: Sequence[Envoi], *, par: Compte) -> list[str]:
    """Add all the files, or none if one is refused. Return one sentence for each refused file."""
    exige_droit(peut_preciser(par, fiche), INTERDIT)
    ligne = sanitized(_("Les délégué·es ont joint des photos ou des documents, que le public ne voit pas."))
    keep = partial(_ajouter_pieces, fiche, ligne, par=par)
    return attach_all_files(Piece.store, envois, keep, max_bytes=PIECE_OCTETS_MAX)


@use_case
@verrouille
def _ajouter_pieces(fiche: Fiche, ligne: Sanitized, pretes: Pretes, *, par: Compte) -> list[str]:
    """Write the rows of the files and the line of the history. Return the file names of the new rows; none if
    the fiche has all these files already."""
    exige_droit(peut_preciser(par, fiche), INTERDIT)
    presentes = set(db.session.scalars(select(Piece.empreinte).where(Piece.fiche_id == fiche.id)))
    neuves = {
        prete[0].digest: Piece.of(*prete, fiche_id=fiche.id)
        for prete in pretes
        if prete[0].digest not in presentes
    }
    if not neuves:
        return []
    if len(presentes) + len(neuves) > PIECES_EN_TOUT:
        n, maximum = len(presentes), PIECES_EN_TOUT
        phrase = _("La fiche a déjà %(n)s fichiers. Le maximum est %(max)s.", n=n, max=maximum)
        raise DonneeInvalide(phrase, champ="fichiers")
    db.session.add_all(neuves.values())
    compter_pieces(fiche)
    etape = add_etape(fiche, NatureEtape.PRECISION, le=now(), par=par, texte=ligne)
    record(FichePrecisee(fiche_id=fiche.id, etape_id=etape.id, par_id=par.id))
    return [nom for piece in neuves.values() for nom in piece.fichiers]
