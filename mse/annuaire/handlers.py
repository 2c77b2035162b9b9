"""Whoever works for an acteur, or is of the team, has shorter sessions, from the sign-in or that day on."""

from mse.annuaire.events import AppartenanceOuverte
from mse.annuaire.models import Appartenance
from mse.annuaire.policies import roles_de
from mse.comptes.events import EquipeRejointe, SessionOuverte
from mse.comptes.models import SessionCompte
from mse.comptes.policies import raccourcir
from mse.comptes.queries import list_sessions_ouvertes
from mse.core.events import on
from mse.extensions import db


@on(SessionOuverte)
def shorten_session(event: SessionOuverte) -> None:
    session = db.session.get(SessionCompte, event.session_id)
    if session is not None and roles_de(session.compte).agent_de:
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
