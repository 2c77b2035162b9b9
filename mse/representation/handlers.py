"""Somebody who was invited has an account already: what the invited one was to be goes there."""

from datetime import date

from mse.annuaire.events import AppartenanceOuverte, MandatOuvert
from mse.annuaire.queries import (
    get_appartenance,
    list_appartenances_de,
    list_mandats_de,
    list_mandats_ouverts,
)
from mse.annuaire.queries.promotions import lock_promotion
from mse.annuaire.use_cases.creer import exige_pas_delegue
from mse.annuaire.use_cases.droits import lock
from mse.annuaire.use_cases.mandats import exige_stagiaire
from mse.comptes.events import CompteRejoint
from mse.comptes.models import Compte
from mse.core.clock import today
from mse.core.errors import DonneeInvalide
from mse.core.events import on
from mse.core.textes import _
from mse.core.use_cases import record
from mse.extensions import db


@on(CompteRejoint)
def hand_mandats_over(event: CompteRejoint) -> None:
    """Each as it was voted, from the same day on."""
    attendu, compte = (db.session.get_one(Compte, cle) for cle in (event.compte_id, event.vers_id))
    for mandat in list_mandats_de(attendu, le=date.min):
        lock_promotion(mandat.promotion)
        exige_stagiaire(compte, mandat.promotion)
        if any(m.compte_id == compte.id for m in list_mandats_ouverts(mandat.promotion, le=mandat.debut)):
            raise DonneeInvalide(_("Vous avez déjà un mandat dans cette promotion."))
        mandat.compte = compte
        record(MandatOuvert(mandat_id=mandat.id, par_id=event.par_id))


@on(CompteRejoint)
def hand_appartenances_over(event: CompteRejoint) -> None:
    """Each that has not ended, from the same day on."""
    attendu, compte = (db.session.get_one(Compte, cle) for cle in (event.compte_id, event.vers_id))
    for appartenance in list_appartenances_de(attendu, le=today()):
        acteur = appartenance.acteur
        lock(acteur)
        exige_pas_delegue(compte, acteur)
        if get_appartenance(compte, acteur, le=today()) is not None:
            raise DonneeInvalide(_("Vous travaillez déjà pour %(acteur)s.", acteur=acteur.nom))
        appartenance.compte = compte
        record(AppartenanceOuverte(appartenance_id=appartenance.id, par_id=event.par_id))
