"""A closed account reads no confidential report any more, even if it is opened again."""

from mse.comptes.events import CompteFerme
from mse.comptes.models import Compte
from mse.core.events import on
from mse.extensions import db


@on(CompteFerme)
def end_reading(event: CompteFerme) -> None:
    db.session.get_one(Compte, event.compte_id).est_referent_confidentiel = False
