"""Permissions on accounts and sessions, and lifetimes of sessions."""

from datetime import datetime, timedelta

from mse.comptes.models import Compte, SessionCompte

DUREE_DELEGUE = timedelta(days=30)  # lifetime and maximum inactivity
DUREE_EQUIPE = timedelta(days=7)
INACTIVITE_EQUIPE = timedelta(hours=12)


def peut_gerer_comptes(compte: Compte | None) -> bool:
    """Administrateurs only."""
    return compte is not None and compte.est_ouvert and compte.est_administrateur


def peut_creer_compte(compte: Compte) -> bool:
    """Animateurs and administrateurs; only administrateurs appoint others to these roles."""
    return compte.est_ouvert and compte.est_equipe


def peut_rejoindre(compte: Compte | None, attendu: Compte) -> bool:
    """An invited person who already has an account may join it to the invitation. If the invitation was
    mailed, the account must have the same verified address; if it is a printed code, a name in common."""
    if compte is None or not compte.est_ouvert or not attendu.est_attendu or attendu.courriel:
        return False
    if attendu.courriel_invite:
        return compte.est_joignable and compte.courriel == attendu.courriel_invite
    return bool(compte.mots & attendu.mots)


def peut_fermer_session(compte: Compte | None, session: SessionCompte) -> bool:
    """The owner of the session, or an administrateur."""
    return compte is not None and (session.compte_id == compte.id or peut_gerer_comptes(compte))


def est_vivante(session: SessionCompte, le: datetime) -> bool:
    """True if the session is neither closed nor expired, and its last request is recent enough."""
    inactivite = timedelta(seconds=session.inactivite_max)
    return session.fermee_le is None and le < session.expire_le and le - session.vue_le < inactivite


def raccourcir(session: SessionCompte) -> None:
    """Shorten the session to the limits of animateurs, administrateurs and agents;
    with several roles the shorter limit applies."""
    session.expire_le = min(session.expire_le, session.ouverte_le + DUREE_EQUIPE)
    session.inactivite_max = min(session.inactivite_max, int(INACTIVITE_EQUIPE.total_seconds()))
