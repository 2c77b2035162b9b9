"""Reactions to changes of owner."""

from mse.core.events import on
from mse.echanges.models import Fil
from mse.extensions import db
from mse.fiches.events import EvenementDeSaisine, SaisineTransferee, TransfertAnnule
from mse.fiches.models import Saisine


@on(SaisineTransferee, TransfertAnnule)
def address_to_new_owner(event: EvenementDeSaisine) -> None:
    """If the delegates wrote the last message of the thread, address it to the present owner."""
    fil = db.session.get(Fil, event.saisine_id)
    if fil is not None and fil.acteur_id is not None:
        fil.acteur_id = db.session.get_one(Saisine, event.saisine_id).acteur_id
