"""Reactions of promotions and mandats to changes of the directory and of accounts."""

from datetime import date

from mse.annuaire.events import ActeurModifie, AppartenanceOuverte
from mse.annuaire.models import Acteur, Appartenance
from mse.comptes.events import CompteRejoint
from mse.comptes.models import Compte
from mse.core.errors import DonneeInvalide
from mse.core.events import on
from mse.core.text import _
from mse.core.use_cases import record
from mse.extensions import db
from mse.representation.events import MandatOuvert
from mse.representation.mandats import exige_pas_agent, exige_pas_delegue
from mse.representation.queries import has_promotions, list_mandats_de, list_mandats_ouverts
from mse.representation.queries.promotions import lock_promotion


@on(CompteRejoint)
def move_mandats(event: CompteRejoint) -> None:
    """Move the mandats of the invited compte to the compte that it joins; their dates stay."""
    attendu, compte = (db.session.get_one(Compte, cle) for cle in (event.compte_id, event.vers_id))
    for mandat in list_mandats_de(attendu, le=date.min):
        lock_promotion(mandat.promotion)
        exige_pas_agent(compte, mandat.promotion)
        if any(m.compte_id == compte.id for m in list_mandats_ouverts(mandat.promotion, le=mandat.debut)):
            raise DonneeInvalide(_("Vous avez déjà un mandat dans cette promotion."))
        mandat.compte = compte
        record(MandatOuvert(mandat_id=mandat.id, par_id=event.par_id))


@on(AppartenanceOuverte)
def refuse_a_delegate_of_its_trainees(event: AppartenanceOuverte) -> None:
    """Refuse a role at an organisme to a delegate of its trainees. A command may still create it."""
    if event.par_id is not None:
        appartenance = db.session.get_one(Appartenance, event.appartenance_id)
        exige_pas_delegue(appartenance.compte, appartenance.acteur)


@on(ActeurModifie)
def refuse_a_service_with_promotions(event: ActeurModifie) -> None:
    """Refuse to turn an organisme that has promotions into a service."""
    acteur = db.session.get_one(Acteur, event.acteur_id)
    if not acteur.est_organisme and has_promotions(acteur):
        raise DonneeInvalide(_("%(acteur)s a des promotions : c’est un organisme.", acteur=acteur.nom))
