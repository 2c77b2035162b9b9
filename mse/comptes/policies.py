"""Who may do what with accounts and sessions, and how long a session lives."""

from datetime import datetime, timedelta

from mse.comptes.models import Compte, SessionCompte

DUREE_DELEGUE = timedelta(days=30)  # in all, and without a request
DUREE_EQUIPE = timedelta(days=7)
INACTIVITE_EQUIPE = timedelta(hours=12)


def peut_gerer_comptes(compte: Compte | None) -> bool:
    """Whoever runs the instance."""
    return compte is not None and compte.est_ouvert and compte.est_administrateur


def peut_creer_compte(compte: Compte) -> bool:
    """The association's team and whoever runs the instance; only the latter names others to these roles."""
    return compte.est_ouvert and compte.est_equipe


def peut_rejoindre(compte: Compte | None, attendu: Compte) -> bool:
    """Whoever was invited while he has an account already: by its proved address, or, by the code of somebody
    who gave no address, under his name."""
    if compte is None or not compte.est_ouvert or not attendu.est_attendu or attendu.courriel:
        return False
    if attendu.courriel_invite:
        return compte.est_joignable and compte.courriel == attendu.courriel_invite
    return bool(compte.mots & attendu.mots)


def peut_fermer_session(compte: Compte | None, session: SessionCompte) -> bool:
    """Its owner, or whoever runs the instance."""
    return compte is not None and (session.compte_id == compte.id or peut_gerer_comptes(compte))


def est_vivante(session: SessionCompte, le: datetime) -> bool:
    """Neither closed nor past its end, and a request came lately enough."""
    inactivite = timedelta(seconds=session.inactivite_max)
    return session.fermee_le is None and le < session.expire_le and le - session.vue_le < inactivite


def raccourcir(session: SessionCompte) -> None:
    """To what the team and the acteurs' agents have; with several roles the shorter duration holds."""
    session.expire_le = min(session.expire_le, session.ouverte_le + DUREE_EQUIPE)
    session.inactivite_max = min(session.inactivite_max, int(INACTIVITE_EQUIPE.total_seconds()))
