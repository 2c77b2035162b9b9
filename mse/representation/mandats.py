"""Open a mandat inside a use case that has checked the permission of `par`, and rules on who may hold one."""

from datetime import date

from mse.annuaire.api import exige_autre
from mse.annuaire.models import Acteur
from mse.annuaire.queries import get_appartenance
from mse.comptes.api import INVITATIONS, annuler
from mse.comptes.models import Compte
from mse.core.clock import today
from mse.core.errors import DonneeInvalide
from mse.core.text import _
from mse.core.use_cases import record
from mse.extensions import db
from mse.representation.events import MandatOuvert
from mse.representation.models import Mandat, Promotion, RoleMandat
from mse.representation.queries import list_mandats_de, list_mandats_ouverts
from mse.representation.queries.promotions import lock_promotion


def add_mandat(
    compte: Compte, promotion: Promotion, role: RoleMandat, *, debut: date, par: Compte | None
) -> Mandat:
    """Open a mandat from `debut` on, at the earliest on the first day of the course. Called within a use
    case.

    A promotion has one titulaire and one suppléant, who are two different people.
    """
    lock_promotion(promotion)
    debut = max(debut, promotion.debut)
    if not compte.est_ouvert:
        raise DonneeInvalide(_("Ce compte est fermé."))
    exige_autre(compte, par)
    if par is not None:
        exige_pas_agent(compte, promotion)
    if debut > promotion.fin:
        raise DonneeInvalide(_("La formation de cette promotion est terminée : elle n’élit plus personne."))
    for mandat in list_mandats_ouverts(promotion, le=debut):
        if mandat.compte_id == compte.id:
            raise DonneeInvalide(_("Cette personne a déjà un mandat dans cette promotion."))
        if mandat.role == role:
            raise DonneeInvalide(
                _("Ce siège est déjà occupé : une promotion a une personne titulaire et une suppléante.")
            )
    annuler(compte, *INVITATIONS)  # their sender may lack the right to give this role
    mandat = Mandat(compte=compte, promotion=promotion, role=role, debut=debut)
    db.session.add(mandat)
    db.session.flush()
    record(MandatOuvert(mandat_id=mandat.id, par_id=par.id if par else None))
    return mandat


def exige_pas_agent(compte: Compte, promotion: Promotion) -> None:
    """Raise `DonneeInvalide` if the person works for the organisme of the promotion."""
    if get_appartenance(compte, promotion.organisme, le=today()) is not None:
        raise DonneeInvalide(
            _("Cette personne travaille pour l’organisme : elle ne peut pas être déléguée de ses stagiaires.")
        )


def exige_pas_delegue(compte: Compte, acteur: Acteur) -> None:
    """Raise `DonneeInvalide` if the person is a delegate of trainees of this organisme, now or in the
    future."""
    for mandat in list_mandats_de(compte, le=date.min):
        if mandat.promotion.organisme_id == acteur.id and not mandat.figer_si_fini(today()):
            raise DonneeInvalide(
                _(
                    "Cette personne parle au nom de stagiaires de cet organisme : "
                    "elle ne peut pas y travailler."
                )
            )
