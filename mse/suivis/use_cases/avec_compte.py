"""Follow an object with an account, or stop."""

from sqlalchemy import delete

from mse.comptes.models import Compte
from mse.comptes.queries import lock_compte
from mse.core.errors import DonneeInvalide, Interdit
from mse.core.text import _
from mse.core.use_cases import record, use_case
from mse.extensions import db
from mse.fiches.queries.groupes import list_groupe
from mse.suivis.commencer import start, suit
from mse.suivis.events import SuiviArrete
from mse.suivis.models import Suivi
from mse.suivis.policies import peut_arreter
from mse.suivis.queries.cibles import Cible
from mse.suivis.queries.suiveurs import count_suivis
from mse.suivis.workflow import PLAFOND


@use_case
def suivre(cible: Cible, *, par: Compte) -> None:
    """Follow an object. A second click changes nothing. Raise `DonneeInvalide` if the object is closed or the
    account follows too many."""
    lock_compte(par)
    if suit(cible, par):
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
    start(cible, par)


@use_case
def arreter_suivi(suivi: Suivi, *, par: Compte) -> None:
    """Stop following; of a fiche, also those merged with it, because their page is the same."""
    if not peut_arreter(par, suivi):
        raise Interdit(_("Seule la personne qui suit peut arrêter."))
    record(SuiviArrete(suivi_id=suivi.id, par_id=par.id))
    autres = list_groupe(suivi.fiche) if suivi.fiche is not None else []
    db.session.delete(suivi)
    if len(autres) > 1:
        db.session.flush()
        db.session.execute(delete(Suivi).where(Suivi.compte_id == par.id, Suivi.fiche_id.in_(autres)))
