"""Find the draft of a person, and lock it, where its row may not exist yet."""

from sqlalchemy import select

from mse.comptes.models import Compte
from mse.extensions import db
from mse.redaction.models import BrouillonReponse
from mse.redaction.workflow import Geste


def name_lock(saisine_id: int, compte_id: int) -> str:
    """Return the name of the lock for `one_at_a_time`: a draft is saved, published or deleted in turn."""
    return f"brouillon:{saisine_id}:{compte_id}"


def find_brouillon(saisine_id: int, geste: Geste, par: Compte) -> BrouillonReponse | None:
    return db.session.scalar(
        select(BrouillonReponse).where(
            BrouillonReponse.saisine_id == saisine_id,
            BrouillonReponse.compte_id == par.id,
            BrouillonReponse.geste == geste,
        )
    )
