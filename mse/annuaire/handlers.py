"""Whoever works for an acteur has the team's shorter sessions, from the sign-in or from that day on."""

from mse.annuaire.events import AppartenanceOuverte
from mse.annuaire.models import Appartenance
from mse.annuaire.policies import roles_de
from mse.comptes.events import SessionOuverte
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
        for session in list_sessions_ouvertes(appartenance.compte_id):
            raccourcir(session)
