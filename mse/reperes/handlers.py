"""A repère outlives its owner, and not a masked answer."""

from sqlalchemy import select

from mse.annuaire.events import ActeurFerme
from mse.core.events import on
from mse.core.use_cases import record
from mse.extensions import db
from mse.fiches.events import EtapeMasquee
from mse.fiches.models import Etape
from mse.reperes.events import RepereConfie, RepereEcrit, RepereRetire
from mse.reperes.masquage import erase
from mse.reperes.models import Repere, RepereFiche


@on(ActeurFerme)
def confide_to_association(event: ActeurFerme) -> None:
    """When an acteur closes, the association holds its repères."""
    for repere in db.session.scalars(select(Repere).where(Repere.acteur_id == event.acteur_id)):
        repere.acteur_id = None
        record(RepereConfie(repere_id=repere.id, par_id=event.par_id))


@on(EtapeMasquee)
def erase_copies(event: EtapeMasquee) -> None:
    """A masked answer cannot be read in the repère that quotes it word for word."""
    motif = db.session.get_one(Etape, event.etape_id).masquee_motif or ""
    query = select(Repere).join(RepereFiche, RepereFiche.repere_id == Repere.id)
    for repere in db.session.scalars(query.where(RepereFiche.etape_id == event.etape_id)):
        if event.texte in repere.texte:
            kind = RepereEcrit if repere.est_brouillon else RepereRetire
            erase(repere, motif)
            record(kind(repere_id=repere.id, par_id=event.par_id))
