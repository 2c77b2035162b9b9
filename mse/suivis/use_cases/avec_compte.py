"""Follow an object with an account, or stop."""

import secrets

from sqlalchemy import select

from mse.comptes.models import Compte
from mse.comptes.queries import lock_compte
from mse.core.clock import now
from mse.core.errors import DonneeInvalide, Interdit
from mse.core.text import _
from mse.core.use_cases import record, use_case
from mse.extensions import db
from mse.suivis.events import SuiviArrete, SuiviCommence
from mse.suivis.models import COLONNES, Suivi
from mse.suivis.policies import peut_arreter
from mse.suivis.queries.cibles import Cible
from mse.suivis.queries.suiveurs import count_suivis
from mse.suivis.workflow import PLAFOND


@use_case
def suivre(cible: Cible, *, par: Compte) -> None:
    """Follow an object. A second click changes nothing. Raise `DonneeInvalide` if the object is closed or the
    account follows too many."""
    lock_compte(par)
    colonne = COLONNES[cible.objet]
    siens = select(Suivi.id).where(Suivi.compte_id == par.id, getattr(Suivi, colonne) == cible.reference)
    if db.session.scalar(siens) is not None:
        return
    if not cible.ouverte:
        raise DonneeInvalide(_("Ce responsable est fermé\u202f: il n’y aura plus rien de nouveau à suivre."))
    if count_suivis(par) >= PLAFOND:
        raise DonneeInvalide(
            _(
                "Vous suivez déjà %(nombre)s pages\u202f: c’est le plus possible. Arrêtez-en une d’abord.",
                nombre=PLAFOND,
            )
        )
    suivi = Suivi(cle=secrets.token_urlsafe(32), compte_id=par.id, objet=cible.objet, depuis=now())
    setattr(suivi, colonne, cible.reference)
    db.session.add(suivi)
    db.session.flush()
    record(SuiviCommence(suivi_id=suivi.id, par_id=par.id))


@use_case
def arreter_suivi(suivi: Suivi, *, par: Compte) -> None:
    """Stop following."""
    if not peut_arreter(par, suivi):
        raise Interdit(_("Seule la personne qui suit peut arrêter."))
    record(SuiviArrete(suivi_id=suivi.id, par_id=par.id))
    db.session.delete(suivi)
