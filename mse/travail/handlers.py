"""End assignments: those of a person who leaves the team, and that of a saisine with a new owner."""

from sqlalchemy import delete, select

from mse.annuaire.events import AppartenanceFermee
from mse.annuaire.models import Appartenance
from mse.core.events import on
from mse.extensions import db
from mse.fiches.events import EvenementDeSaisine, SaisineTransferee, TransfertAnnule
from mse.fiches.models import Saisine
from mse.travail.models import Attribution


@on(AppartenanceFermee)
def give_back_to_team(event: AppartenanceFermee) -> None:
    partie = db.session.get_one(Appartenance, event.appartenance_id)
    siennes = select(Saisine.id).where(Saisine.acteur_id == partie.acteur_id)
    _forget(Attribution.compte_id == partie.compte_id, Attribution.saisine_id.in_(siennes))


@on(SaisineTransferee, TransfertAnnule)
def forget_former_team(event: EvenementDeSaisine) -> None:
    _forget(Attribution.saisine_id == event.saisine_id)


def _forget(*conditions: object) -> None:
    query = delete(Attribution).where(*conditions)  # type: ignore[arg-type]
    db.session.execute(query.execution_options(synchronize_session="fetch"))
