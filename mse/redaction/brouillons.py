"""Find, begin, lock and delete the draft of a person. The lock has a name, because the row of the draft may
not exist yet."""

from collections.abc import Sequence

from sqlalchemy import select

from mse.comptes.models import Compte
from mse.core.clock import now
from mse.core.use_cases import after_commit
from mse.extensions import db
from mse.fiches.models import Saisine
from mse.redaction.models import BrouillonReponse, PieceReponse
from mse.redaction.workflow import Geste


def name_lock(saisine_id: int, compte_id: int) -> str:
    """Return the name of the lock for `one_at_a_time`: a draft is saved, published or deleted in turn."""
    return f"brouillon:{saisine_id}:{compte_id}"


def find_brouillon(saisine_id: int, geste: Geste, par_id: int) -> BrouillonReponse | None:
    return db.session.scalar(
        select(BrouillonReponse).where(
            BrouillonReponse.saisine_id == saisine_id,
            BrouillonReponse.compte_id == par_id,
            BrouillonReponse.geste == geste,
        )
    )


def begin_brouillon(saisine: Saisine, geste: Geste, par: Compte) -> BrouillonReponse:
    """Return an empty draft, which the caller fills."""
    brouillon = BrouillonReponse(
        saisine_id=saisine.id,
        compte_id=par.id,
        geste=geste,
        acteur_id=saisine.acteur_id,
        texte="",
        modifie_le=now(),
    )
    db.session.add(brouillon)
    return brouillon


def list_pieces(brouillon: BrouillonReponse) -> list[PieceReponse]:
    """Read the files of a draft, under its lock."""
    query = select(PieceReponse).where(PieceReponse.brouillon_id == brouillon.id)
    return list(db.session.scalars(query.order_by(PieceReponse.id).execution_options(populate_existing=True)))


def delete_brouillon(brouillon: BrouillonReponse, pieces: Sequence[PieceReponse]) -> None:
    """Delete the draft with the rows of its files `pieces`, and the files after the commit."""
    fichiers = [nom for piece in pieces for nom in piece.fichiers]
    db.session.delete(brouillon)
    after_commit(lambda: PieceReponse.store.remove(fichiers))
