"""Close the class of a filed fiche: its link ends, first names are erased, the number of participants
stays."""

from sqlalchemy import update

from mse.classe.models import Contribution
from mse.classe.queries.classes import count_participants, lock_classe_de
from mse.core.clock import now
from mse.core.events import on
from mse.extensions import db
from mse.fiches.events import FicheDeposee
from mse.fiches.models import Fiche


@on(FicheDeposee)
def close_class(event: FicheDeposee) -> None:
    classe = lock_classe_de(event.fiche_id)
    if classe is None:
        return
    classe.fermee_le = classe.fermee_le or now()
    fiche = db.session.get_one(Fiche, event.fiche_id)
    # A browser that forgets its cookie counts again: no group has more participants than people.
    nombre = min(count_participants(fiche.id).nombre, fiche.promotion.effectif)
    fiche.nombre_participants = max(nombre, fiche.nombre_participants)  # filed again after a moderation
    siennes = update(Contribution).where(Contribution.fiche_id == fiche.id, Contribution.prenom.is_not(None))
    db.session.execute(siennes.values(prenom=None).execution_options(synchronize_session=False))
