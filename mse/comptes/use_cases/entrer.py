"""Sign in by a mailed link or a printed code. `token_hash` is the hash of its secret, kept in the browser's
cookie.

Nothing happens on GET, because mail robots open links. The result is None if the token is unknown, used or
expired.
"""

from datetime import timedelta

from sqlalchemy import ColumnElement, delete, exists, or_, update

from mse.comptes.connexions import commencer_session, fermer_sessions
from mse.comptes.events import CompteRejoint, InvitationAcceptee, MotDePasseChange
from mse.comptes.identite import donner_identifiant, exige_courriel
from mse.comptes.jetons import INVITATIONS, annuler
from mse.comptes.models import DUREES, AdresseRefusee, Compte, Jeton, NatureJeton, hash_code
from mse.comptes.mots_de_passe import mots_du_contexte, reproche
from mse.comptes.password_hashing import release_and_hash
from mse.comptes.policies import peut_rejoindre
from mse.comptes.queries import attendu, get_jeton
from mse.comptes.rate_limits import SignInLimits
from mse.comptes.use_cases.freiner import enregistrer_echec
from mse.core.clock import now
from mse.core.database import execute_bulk
from mse.core.errors import DonneeInvalide
from mse.core.guards import exige_droit
from mse.core.rate_limit import TooManyAttempts
from mse.core.text import _
from mse.core.use_cases import record, use_case
from mse.extensions import db

OUBLI = timedelta(hours=24)
OUBLI_D_UNE_INVITATION = timedelta(days=365)


@use_case
def entrer_par_lien(token_hash: str) -> str | None:
    """Sign in and return the reference of the new session. Using the link verifies the address. The first
    time, a password and sessions that somebody else may have created with this address are removed."""
    jeton = _consume(token_hash, NatureJeton.CONNEXION)
    if jeton is None:
        return None
    compte = jeton.compte
    annuler(compte, NatureJeton.CONNEXION)
    if compte.courriel_prouve_le is None:
        fermer_sessions(compte, sauf=None, par=compte)
        compte.mot_de_passe, compte.courriel_prouve_le = None, now()
    return commencer_session(compte)


def reinitialiser_mot_de_passe(token_hash: str, nouveau: str) -> str | None:
    """Set a new password, close all sessions and open a new one.
    A refused password does not use up the token."""
    jeton = get_jeton(token_hash, NatureJeton.REINITIALISATION, le=now())
    if jeton is None:
        return None
    _exige_bon_mot_de_passe(nouveau, jeton.compte, jeton.compte.courriel)
    return _reinitialiser(token_hash, release_and_hash(nouveau))


@use_case
def _reinitialiser(token_hash: str, password_hash: str) -> str | None:
    jeton = _consume(token_hash, NatureJeton.REINITIALISATION)
    if jeton is None:
        return None
    jeton.compte.courriel_prouve_le = jeton.compte.courriel_prouve_le or now()
    return _remplacer_mot_de_passe(jeton.compte, password_hash)


def _remplacer_mot_de_passe(compte: Compte, password_hash: str | None) -> str:
    """Set the password, revoke all tokens and sessions, and return the reference of a new session."""
    compte.mot_de_passe = password_hash
    annuler(compte, *NatureJeton)
    fermer_sessions(compte, sauf=None, par=compte)
    record(MotDePasseChange(compte_id=compte.id, par_id=compte.id))
    return commencer_session(compte)


def presenter_code(code: str, *, adresse: str | None, frein: SignInLimits) -> str | None:
    """Return the `token_hash` of a printed code, or None if it is invalid.
    Valid or not, each attempt counts. Raises `TooManyAttempts`."""
    essai = enregistrer_echec(frein.de_code(adresse))
    if essai.attente:
        raise TooManyAttempts(essai.attente)
    token_hash = hash_code(code)
    return token_hash if get_jeton(token_hash, NatureJeton.CODE, le=now()) else None


def accepter_invitation(token_hash: str, nature: NatureJeton, *, mot_de_passe: str | None) -> str | None:
    """Accept an invitation: set the password, sign in and return the reference of the session. `mot_de_passe`
    may be None only for a mailed invitation: that person can sign in later by a mailed link.

    The code of a new sheet also replaces the password of an account already in use.
    """
    jeton = get_jeton(token_hash, nature, le=now())
    if jeton is None:
        return None
    compte = jeton.compte
    password_hash = None
    if mot_de_passe is None and nature == NatureJeton.CODE:
        raise DonneeInvalide(_("Choisissez un mot de passe : sans lui, vous ne pourriez pas revenir."))
    if mot_de_passe is not None:
        _exige_bon_mot_de_passe(mot_de_passe, compte, compte.adresse)
        password_hash = release_and_hash(mot_de_passe)
    return _accepter(token_hash, nature, password_hash)


@use_case
def _accepter(token_hash: str, nature: NatureJeton, password_hash: str | None) -> str | None:
    jeton = _consume(token_hash, nature)
    if jeton is None:
        return None
    compte = jeton.compte
    if nature == NatureJeton.CODE:  # a sheet printed by an older version has no identifiant
        donner_identifiant(compte)
    if not compte.est_attendu:
        return _remplacer_mot_de_passe(compte, password_hash)
    compte.mot_de_passe = password_hash
    annuler(compte, *INVITATIONS)
    if nature == NatureJeton.INVITATION:
        compte.courriel = exige_courriel(compte.adresse or "", de=compte)
        compte.courriel_prouve_le, compte.courriel_invite = now(), None
    else:  # a code on paper does not prove that the person owns the address
        compte.courriel, compte.courriel_invite = None, compte.adresse
    record(InvitationAcceptee(compte_id=compte.id, par_id=compte.id))
    return commencer_session(compte)


@use_case
def rejoindre_compte(token_hash: str, nature: NatureJeton, *, par: Compte) -> bool:
    """Give the roles of the invited account to the account `par`, and close the invited one. Handlers move
    the roles, or refuse. Return False if the token is unknown, used or expired."""
    jeton = _consume(token_hash, nature)
    if jeton is None:
        return False
    attendu = jeton.compte
    exige_droit(peut_rejoindre(par, attendu), _("Cette invitation est celle de quelqu’un d’autre."))
    attendu.ferme_le, attendu.courriel_invite = now(), None
    record(CompteRejoint(compte_id=attendu.id, vers_id=par.id, par_id=par.id))
    return True


@use_case
def oublier_jetons() -> int:
    """Delete the tokens that expired more than 24 hours ago; return their number."""
    return execute_bulk(delete(Jeton).where(Jeton.expire_le < now() - OUBLI))


@use_case
def oublier_adresses_invitees() -> int:
    """Delete unverified addresses: a year after an unused invitation, or 14 days after a sheet has opened
    the account, whether or not another account owns the address. Return their number."""
    invite = exists().where(
        Jeton.compte_id == Compte.id, Jeton.nature == NatureJeton.INVITATION, Jeton.expire_le > now()
    )
    jamais_venus = _oublier(
        ~invite,
        *attendu(),
        Compte.courriel_prouve_le.is_(None),
        or_(Compte.courriel.is_not(None), Compte.courriel_invite.is_not(None)),
        Compte.cree_le < now() - OUBLI_D_UNE_INVITATION,
    )
    return jamais_venus + _oublier(
        Compte.courriel.is_(None),
        Compte.courriel_invite.is_not(None),
        Compte.active_le < now() - DUREES[NatureJeton.INVITATION],
    )


def _oublier(*conditions: ColumnElement[bool]) -> int:
    return execute_bulk(update(Compte).where(*conditions).values(courriel=None, courriel_invite=None))


def _consume(token_hash: str, nature: NatureJeton) -> Jeton | None:
    """Mark the token as used. A concurrent request waits for the lock, then finds it used. A mailed token
    shows that mails reach the address."""
    jeton = get_jeton(token_hash, nature, le=now(), lock=True)
    if jeton is not None:
        jeton.utilise_le = now()
        if nature != NatureJeton.CODE:
            arrivee = AdresseRefusee.courriel == (jeton.compte.adresse or "").lower()
            db.session.execute(delete(AdresseRefusee).where(arrivee))
    return jeton


def _exige_bon_mot_de_passe(mot_de_passe: str, compte: Compte, courriel: str | None) -> None:
    phrase = reproche(mot_de_passe, mots_du_contexte(compte.prenom, compte.nom, courriel or ""))
    if phrase:
        raise DonneeInvalide(phrase)
