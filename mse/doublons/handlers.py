"""React to fiches that are published or withdrawn."""

from mse.comptes.models import Compte
from mse.core.database import upsert
from mse.core.events import on
from mse.doublons.models import AComparer
from mse.doublons.separation import detach_all
from mse.extensions import db
from mse.fiches.events import FichePubliee, FicheRetiree
from mse.fiches.models import Fiche


@on(FicheRetiree)
def separate_withdrawn(event: FicheRetiree) -> None:
    """A fiche that is no longer public shows no other one, and no other one shows it."""
    if event.par_id is not None:
        detach_all(db.session.get_one(Fiche, event.fiche_id), par=db.session.get_one(Compte, event.par_id))


@on(FichePubliee)
def ask_to_compare(event: FichePubliee) -> None:
    """The worker looks for its probable duplicates."""
    db.session.execute(upsert(AComparer).values(fiche_id=event.fiche_id).on_conflict_do_nothing())
