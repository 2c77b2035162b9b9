"""Reactions to what happens to a saisine."""

from mse.core.events import on
from mse.echanges.models import Fil
from mse.extensions import db
from mse.fiches.events import EvenementDeSaisine, SaisineTransferee, TransfertAnnule
from mse.fiches.models import Saisine


@on(SaisineTransferee, TransfertAnnule)
def address_to_new_owner(event: EvenementDeSaisine) -> None:
    """A message of the delegates that waits for the owner waits for the new one, or for the former
    one if the transfer is taken back."""
    fil = db.session.get(Fil, event.saisine_id)
    if fil is not None and fil.acteur_id is not None:
        fil.acteur_id = db.session.get_one(Saisine, event.saisine_id).acteur_id
