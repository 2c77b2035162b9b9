"""A repère outlives its owner: when an acteur closes, the association holds its repères."""

from sqlalchemy import select

from mse.annuaire.events import ActeurFerme
from mse.core.events import on
from mse.core.use_cases import record
from mse.extensions import db
from mse.reperes.events import RepereConfie
from mse.reperes.models import Repere


@on(ActeurFerme)
def confide_to_association(event: ActeurFerme) -> None:
    for repere in db.session.scalars(select(Repere).where(Repere.acteur_id == event.acteur_id)):
        repere.acteur_id = None
        record(RepereConfie(repere_id=repere.id, par_id=event.par_id))
