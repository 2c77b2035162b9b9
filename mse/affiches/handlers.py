"""Delete the PDF documents of a fiche once a text of it is hidden: their files would keep it for a day."""

from mse.affiches.views.papier import Forme
from mse.core.events import on
from mse.extensions import db
from mse.fiches.events import EtapeMasquee, FicheRetiree
from mse.fiches.models import Etape
from mse.impressions.api import effacer_impressions
from mse.masquage.api import Sujet
from mse.masquage.events import TextesChanges


@on(FicheRetiree)
def forget_withdrawn(event: FicheRetiree) -> None:
    _forget(event.fiche_id)


@on(EtapeMasquee)
def forget_hidden(event: EtapeMasquee) -> None:
    _forget(db.session.get_one(Etape, event.etape_id).fiche_id)


@on(TextesChanges)
def forget_masked(event: TextesChanges) -> None:
    if event.sujet == Sujet.FICHE:
        _forget(event.page_id)


def _forget(fiche_id: int) -> None:
    for forme in Forme:
        effacer_impressions(f"{forme}:{fiche_id}")
