"""Signing in and out. Passwords are verified outside of any transaction."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update

from mse.comptes.appareils import INCONNU, Appareil
from mse.comptes.events import SessionFermee, SessionOuverte
from mse.comptes.jetons import INVITATIONS, annuler
from mse.comptes.models import Compte, SessionCompte, hash_secret
from mse.comptes.mots_de_passe import needs_rehash
from mse.comptes.policies import DUREE_DELEGUE, peut_fermer_session, raccourcir
from mse.comptes.queries import get_compte_par_entree, list_sessions_ouvertes, lock_compte
from mse.comptes.use_cases.empreintes import check_empreinte, compute_empreinte
from mse.comptes.use_cases.freiner import Frein, enregistrer_echec
from mse.core.clock import now
from mse.core.errors import Interdit
from mse.core.rate_limit import Attempt, forget_attempts
from mse.core.textes import _
from mse.core.use_cases import record, use_case
from mse.extensions import db

PASSAGE = timedelta(minutes=5)  # how exactly `vue_le` is kept
OUBLI = timedelta(hours=24)


@dataclass(frozen=True)
class Connexion:
    """What a sign-in came to. Neither reference nor wait: the mail or the password is wrong."""

    reference: str | None = None
    attente: int = 0  # seconds before the next attempt


def se_connecter(
    entree: str, mot_de_passe: str, *, adresse: str | None, frein: Frein, appareil: Appareil = INCONNU
) -> Connexion:
    """`entree`: an address or an identifiant; both count as the same account.

    A failure is a result: its count stays. Same work and same time whether the account exists or not.
    """
    compte = get_compte_par_entree(entree)
    limites = frein.de_connexion(compte, entree, adresse=adresse, marque=appareil.marque(compte))
    essai = enregistrer_echec(limites)
    if essai.attente:
        return Connexion(attente=essai.attente)
    empreinte = compte.mot_de_passe if compte else None
    if not check_empreinte(empreinte, mot_de_passe) or compte is None or empreinte is None:
        return Connexion()
    nouvelle = compute_empreinte(mot_de_passe) if needs_rehash(empreinte) else None
    lock_compte(compte)
    if not compte.est_ouvert or compte.mot_de_passe != empreinte:
        return Connexion()
    return Connexion(ouvrir_session(compte, essai=essai, cle=limites[-1].key, empreinte=nouvelle))


@use_case
def ouvrir_session(
    compte: Compte, *, essai: Attempt | None = None, cle: str = "", empreinte: str | None = None
) -> str:
    """The new session's reference, known to the browser only. `cle`: what starts anew, the account or its
    browser, never the address. `empreinte`: the password, hashed anew."""
    compte.mot_de_passe = empreinte or compte.mot_de_passe
    if essai is not None:
        forget_attempts(essai, cle)
    return commencer_session(compte)


def commencer_session(compte: Compte) -> str:
    """As `ouvrir_session`, within the use case of whatever else opens the door.

    Who has come once is no longer invited: what is left of an invitation opens nothing.
    """
    if not compte.est_ouvert:
        raise Interdit(_("Ce compte est fermé."))
    le, reference = now(), secrets.token_urlsafe(32)
    session = SessionCompte(
        reference_hash=hash_secret(reference),
        compte=compte,
        ouverte_le=le,
        vue_le=le,
        inactivite_max=int(DUREE_DELEGUE.total_seconds()),
        expire_le=le + DUREE_DELEGUE,
    )
    if compte.est_equipe:
        raccourcir(session)
    if compte.active_le is None:
        compte.active_le = le
        annuler(compte, *INVITATIONS)
    _purger(le)
    db.session.add(session)
    db.session.flush()
    record(SessionOuverte(session_id=session.id, compte_id=compte.id, par_id=compte.id))
    return reference


def _purger(le: datetime) -> None:
    """Sessions are forgotten 24 hours after their end."""
    finies = or_(SessionCompte.expire_le < le - OUBLI, SessionCompte.fermee_le < le - OUBLI)
    vieilles = select(SessionCompte.id).where(finies).limit(100).with_for_update(skip_locked=True)
    db.session.execute(
        delete(SessionCompte)
        .where(SessionCompte.id.in_(vieilles))
        .execution_options(synchronize_session=False)
    )


@use_case
def fermer_session(session: SessionCompte, *, par: Compte) -> None:
    """At sign-out, or from the list of open sessions. Closing twice changes nothing."""
    if not peut_fermer_session(par, session):
        raise Interdit(_("Cette connexion n’est pas la vôtre."))
    _fermer([session], par=par)


@use_case
def fermer_autres_sessions(session: SessionCompte | None, *, par: Compte) -> None:
    """Every session of the person but this one."""
    fermer_sessions(par, sauf=session, par=par)


def fermer_sessions(compte: Compte, *, sauf: SessionCompte | None, par: Compte) -> None:
    """Inside a use case: every session of `compte` but `sauf`."""
    _fermer([une for une in list_sessions_ouvertes(compte.id) if une is not sauf], par=par)


def _fermer(sessions: Sequence[SessionCompte], *, par: Compte) -> None:
    for session in sessions:
        if session.fermee_le is None:
            session.fermee_le = now()
            record(SessionFermee(session_id=session.id, par_id=par.id))


@use_case
def noter_passage(session_id: int) -> None:
    """The session was used, to 5 minutes; several requests at once write it once."""
    db.session.execute(
        update(SessionCompte)
        .where(SessionCompte.id == session_id, SessionCompte.vue_le <= now() - PASSAGE)
        .values(vue_le=now())
        .execution_options(synchronize_session=False)
    )
