"""Delete a draft once its text is published; its files become those of the answer. Mask the files of a masked
étape."""

from sqlalchemy import select

from mse.core.clock import now
from mse.core.database import one_at_a_time
from mse.core.events import on
from mse.extensions import db
from mse.fiches.events import (
    EtapeAjoutee,
    EtapeMasquee,
    EvenementDeSaisine,
    SaisineAbandonnee,
    SaisineReglee,
    SaisineRepondue,
)
from mse.fiches.models import Etape
from mse.redaction.brouillons import delete_brouillon, find_brouillon, list_pieces, name_lock
from mse.redaction.models import PieceReponse
from mse.redaction.workflow import Geste

_GESTES: dict[type[EvenementDeSaisine], Geste] = {
    SaisineRepondue: Geste.REPONDRE,
    SaisineReglee: Geste.REGLER,
    SaisineAbandonnee: Geste.ABANDONNER,
    EtapeAjoutee: Geste.ETAPE,
}


@on(*_GESTES)
def publish_draft(event: EvenementDeSaisine) -> None:
    """Move the files of the draft to the published étape, and delete the draft. Drafts of colleagues stay.

    Files belong to the text that they were shown with. If the published text is another one (the same answer
    to several fiches), they are deleted with the draft.
    """
    if event.par_id is None:
        return
    one_at_a_time(name_lock(event.saisine_id, event.par_id))
    brouillon = find_brouillon(event.saisine_id, _GESTES[type(event)], event.par_id)
    if brouillon is None:
        return
    etape = db.session.get_one(Etape, event.etape_id)
    pieces = list_pieces(brouillon)
    if pieces and brouillon.texte == etape.texte:
        for piece in pieces:
            piece.brouillon_id, piece.etape_id = None, etape.id
        etape.nombre_pieces, pieces = len(pieces), []
        db.session.flush()
    delete_brouillon(brouillon, pieces)


@on(EtapeMasquee)
def mask_files(event: EtapeMasquee) -> None:
    etape = db.session.get_one(Etape, event.etape_id)
    pieces = select(PieceReponse).where(PieceReponse.etape_id == etape.id, PieceReponse.masquee_le.is_(None))
    for piece in db.session.scalars(pieces) if etape.nombre_pieces else ():
        piece.masquer(etape.masquee_motif or "", le=now(), par_id=event.par_id)
