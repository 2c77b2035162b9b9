"""Use cases of a signed-in person on their own account. A new address or password requires the present
password."""

from mse.comptes.adresses import lire
from mse.comptes.connexions import fermer_sessions
from mse.comptes.events import CourrielChange, CourrielPropose, IdentiteChangee, MotDePasseChange
from mse.comptes.identite import exige_courriel, exige_nom
from mse.comptes.jetons import annuler
from mse.comptes.models import Compte, NatureJeton, SessionCompte
from mse.comptes.mots_de_passe import mots_du_contexte, reproche
from mse.comptes.password_hashing import release_and_hash, release_and_verify
from mse.comptes.queries import lock_compte
from mse.comptes.rate_limits import SignInLimits
from mse.comptes.use_cases.freiner import enregistrer_echec
from mse.core.clock import now
from mse.core.email_addresses import require_email
from mse.core.errors import DonneeInvalide, TransitionInterdite
from mse.core.rate_limit import Attempt, TooManyAttempts, count_attempt, count_or_refuse, forget_attempts
from mse.core.text import _
from mse.core.use_cases import record, use_case


@use_case
def changer_identite(*, prenom: str, nom: str, par: Compte) -> None:
    """Change the name. Idempotent: the same name, as after a double click, records nothing."""
    noms = exige_nom(prenom, _("Écrivez votre prénom.")), exige_nom(nom, _("Écrivez votre nom."))
    if (par.prenom, par.nom) == noms:
        return
    par.prenom, par.nom = noms
    record(IdentiteChangee(compte_id=par.id, par_id=par.id))


def proposer_courriel(courriel: str, *, mot_de_passe: str, frein: SignInLimits, par: Compte) -> bool:
    """Mail a link to that address; the old one stays until the link is used. Return False if the password is
    wrong.

    The result is the same for an address that has an account: the mail informs its owner. Raises
    `TooManyAttempts`.
    """
    essai = _prouver(par, mot_de_passe, frein)
    if essai is not None:
        _proposer_courriel(courriel, essai=essai, frein=frein, par=par)
    return essai is not None


@use_case
def _proposer_courriel(courriel: str, *, essai: Attempt, frein: SignInLimits, par: Compte) -> None:
    """Request the confirmation mail. It is rate-limited, so that nobody can flood another mailbox. The same
    address within two minutes (a double click) gets one mail."""
    nouveau = require_email(courriel)
    forget_attempts(essai)
    if count_attempt(frein.de_meme_adresse(par.id, nouveau)).attente:
        return
    count_or_refuse(frein.de_changement(par.id))
    record(CourrielPropose(compte_id=par.id, courriel=nouveau, par_id=par.id))


@use_case
def changer_courriel(secret: str, *, secret_key: str, par: Compte) -> None:
    """Replace the address, by the link mailed to the new one. Idempotent. The old address is notified,
    in case its owner did not ask for it. Raises `TransitionInterdite`."""
    lock_compte(par)
    courriel = lire(secret, par, secret_key=secret_key, le=now())
    if courriel is not None and courriel == par.courriel and par.courriel_prouve_le is not None:
        return
    if courriel is None:
        raise TransitionInterdite(
            _("Ce lien ne change plus rien : il a déjà servi, ou il est trop vieux. Demandez-en un autre.")
        )
    avant, prouve = par.courriel, par.courriel_prouve_le is not None
    par.courriel, par.courriel_prouve_le = exige_courriel(courriel, de=par), now()
    par.courriel_invite = None
    annuler(par, *NatureJeton)  # their mails were sent to the old address
    if par.courriel != avant:
        ancien = avant if avant and prouve else ""
        record(CourrielChange(compte_id=par.id, ancien=ancien, par_id=par.id))


def changer_mot_de_passe(
    nouveau: str, *, ancien: str, session: SessionCompte | None, frein: SignInLimits, par: Compte
) -> bool:
    """Change the password and close every session except `session`. Return False if the old password
    is wrong. Idempotent: sent twice, the new password is already the present one."""
    phrase = reproche(nouveau, mots_du_contexte(par.prenom, par.nom, par.courriel or ""))
    if phrase:
        raise DonneeInvalide(phrase)
    essai, prouve = _prouver(par, ancien, frein), par.mot_de_passe
    if essai is None:
        return release_and_verify(prouve, nouveau)
    password_hash = release_and_hash(nouveau)
    _changer_mot_de_passe(password_hash, prouve=prouve, essai=essai, session=session, par=par)
    return True


@use_case
def _changer_mot_de_passe(
    password_hash: str, *, prouve: str | None, essai: Attempt, session: SessionCompte | None, par: Compte
) -> None:
    """Store the new hash. `prouve`: the hash that the old password matched. Raises `TransitionInterdite`."""
    lock_compte(par)
    if par.mot_de_passe != prouve:
        raise TransitionInterdite(_("Votre mot de passe vient de changer. Utilisez le nouveau."))
    par.mot_de_passe = password_hash
    par.active_le = par.active_le or now()
    annuler(par, *NatureJeton)
    forget_attempts(essai)
    fermer_sessions(par, sauf=session, par=par)
    record(MotDePasseChange(compte_id=par.id, par_id=par.id))


def _prouver(compte: Compte, mot_de_passe: str, frein: SignInLimits) -> Attempt | None:
    """Return the attempt, or None if this is not the password of `compte`. Raises `TooManyAttempts`."""
    essai = enregistrer_echec(frein.de_confirmation(compte.id))
    if essai.attente:
        raise TooManyAttempts(essai.attente)
    return essai if release_and_verify(compte.mot_de_passe, mot_de_passe) else None
