"""Sign in and out. Passwords are verified outside any transaction."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import update

from mse.comptes.appareils import INCONNU, Appareil
from mse.comptes.connexions import close_sessions, commencer_session, fermer_sessions
from mse.comptes.models import Compte, SessionCompte
from mse.comptes.mots_de_passe import needs_rehash
from mse.comptes.password_hashing import release_and_hash, release_and_verify
from mse.comptes.policies import peut_fermer_session
from mse.comptes.queries import get_compte_par_entree, lock_compte
from mse.comptes.rate_limits import SignInLimits
from mse.comptes.use_cases.freiner import enregistrer_echec
from mse.core.clock import now
from mse.core.guards import exige_droit
from mse.core.rate_limit import Attempt, forget_attempts
from mse.core.text import _
from mse.core.use_cases import use_case
from mse.extensions import db

PASSAGE = timedelta(minutes=5)  # precision of `vue_le`


@dataclass(frozen=True)
class Connexion:
    """Result of a sign-in. Without reference and without wait, the address or the password is wrong."""

    reference: str | None = None
    attente: int = 0  # seconds before the next attempt


def se_connecter(
    entree: str, mot_de_passe: str, *, adresse: str | None, frein: SignInLimits, appareil: Appareil = INCONNU
) -> Connexion:
    """Sign in. `entree`: an address or an identifiant; attempts with either count for the same account.

    A failure is a result, not an exception, so that its count is committed. Work and time are the same
    whether or not the account exists.
    """
    compte = get_compte_par_entree(entree)
    limites = frein.de_connexion(compte, entree, adresse=adresse, marque=appareil.marque(compte))
    essai = enregistrer_echec(limites)
    if essai.attente:
        return Connexion(attente=essai.attente)
    password_hash = compte.mot_de_passe if compte else None
    if not release_and_verify(password_hash, mot_de_passe) or compte is None or password_hash is None:
        return Connexion()
    nouvelle = release_and_hash(mot_de_passe) if needs_rehash(password_hash) else None
    lock_compte(compte)
    if not compte.est_ouvert or compte.mot_de_passe != password_hash:
        return Connexion()
    return Connexion(ouvrir_session(compte, essai=essai, key=limites[-1].key, password_hash=nouvelle))


@use_case
def ouvrir_session(
    compte: Compte, *, essai: Attempt | None = None, key: str = "", password_hash: str | None = None
) -> str:
    """Return the reference of the new session, which only the browser stores.
    `key`: the limit to reset, that of the account or of its browser, never that
    of the IP address. `password_hash`: the new hash of the password, if any."""
    compte.mot_de_passe = password_hash or compte.mot_de_passe
    if essai is not None:
        forget_attempts(essai, key)
    return commencer_session(compte)


@use_case
def fermer_session(session: SessionCompte, *, par: Compte) -> None:
    """Close a session, at sign-out or from the list of open sessions. Idempotent. Raises `Interdit`."""
    exige_droit(peut_fermer_session(par, session), _("Cette connexion n’est pas la vôtre."))
    close_sessions([session], par=par)


@use_case
def fermer_autres_sessions(session: SessionCompte | None, *, par: Compte) -> None:
    """Close every session of the person except this one."""
    fermer_sessions(par, sauf=session, par=par)


@use_case
def noter_passage(session_id: int) -> None:
    """Record that the session is used, with a precision of 5 minutes. Concurrent requests write it once."""
    db.session.execute(
        update(SessionCompte)
        .where(SessionCompte.id == session_id, SessionCompte.vue_le <= now() - PASSAGE)
        .values(vue_le=now())
        .execution_options(synchronize_session=False)
    )
