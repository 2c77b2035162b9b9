"""React to events of accounts: shorten the sessions of agents and animateurs; move the appartenances of an
invited account that joins another one."""

from mse.annuaire.events import AppartenanceOuverte
from mse.annuaire.models import Appartenance
from mse.annuaire.policies import postes_de
from mse.annuaire.queries import get_appartenance, list_appartenances_de, lock_acteur
from mse.comptes.events import CompteRejoint, EquipeRejointe, SessionOuverte
from mse.comptes.models import Compte, SessionCompte
from mse.comptes.policies import raccourcir
from mse.comptes.queries import list_sessions_ouvertes
from mse.core.clock import today
from mse.core.errors import DonneeInvalide
from mse.core.events import on
from mse.core.text import _
from mse.core.use_cases import record
from mse.extensions import db


@on(SessionOuverte)
def shorten_session(event: SessionOuverte) -> None:
    session = db.session.get(SessionCompte, event.session_id)
    if session is not None and postes_de(session.compte).agent_de:
        raccourcir(session)


@on(AppartenanceOuverte)
def shorten_sessions(event: AppartenanceOuverte) -> None:
    appartenance = db.session.get(Appartenance, event.appartenance_id)
    if appartenance is not None:
        _shorten_all(appartenance.compte_id)


@on(EquipeRejointe)
def shorten_member_sessions(event: EquipeRejointe) -> None:
    _shorten_all(event.compte_id)


def _shorten_all(compte_id: int) -> None:
    for session in list_sessions_ouvertes(compte_id):
        raccourcir(session)


@on(CompteRejoint)
def move_appartenances(event: CompteRejoint) -> None:
    """Move the appartenances that have not ended to the compte that the invited one joins; their dates
    stay."""
    attendu, compte = (db.session.get_one(Compte, cle) for cle in (event.compte_id, event.vers_id))
    for appartenance in list_appartenances_de(attendu, le=today()):
        acteur = appartenance.acteur
        lock_acteur(acteur)
        if get_appartenance(compte, acteur, le=today()) is not None:
            raise DonneeInvalide(_("Vous travaillez déjà pour %(acteur)s.", acteur=acteur.nom))
        appartenance.compte = compte
        record(AppartenanceOuverte(appartenance_id=appartenance.id, par_id=event.par_id))
