"""Begin to follow an object; shared by the use cases of follows and by those of higher capabilities."""

import secrets

from sqlalchemy import select

from mse.comptes.models import Compte
from mse.comptes.queries import lock_compte
from mse.core.clock import now
from mse.core.use_cases import record
from mse.extensions import db
from mse.suivis.events import SuiviCommence
from mse.suivis.models import COLONNES, Suivi
from mse.suivis.queries.cibles import Cible
from mse.suivis.queries.suiveurs import count_suivis
from mse.suivis.workflow import PLAFOND


def suivre_aussi(cible: Cible, *, par: Compte) -> None:
    """Follow an object as part of another use case, unless the account follows too many."""
    lock_compte(par)
    if not suit(cible, par) and count_suivis(par) < PLAFOND:
        start(cible, par)


def suit(cible: Cible, par: Compte) -> bool:
    colonne = COLONNES[cible.objet]
    siens = select(Suivi.id).where(Suivi.compte_id == par.id, getattr(Suivi, colonne) == cible.reference)
    return db.session.scalar(siens) is not None


def start(cible: Cible, par: Compte) -> None:
    suivi = Suivi(cle=secrets.token_urlsafe(32), compte_id=par.id, objet=cible.objet, depuis=now())
    setattr(suivi, COLONNES[cible.objet], cible.reference)
    db.session.add(suivi)
    db.session.flush()
    record(SuiviCommence(suivi_id=suivi.id, par_id=par.id))
