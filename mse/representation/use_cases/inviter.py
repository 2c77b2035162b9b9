"""Inviting once more whoever has not come: by mail, at the right address, or by a code on paper.

Each voids the one before.
"""

from datetime import timedelta

from mse.comptes.api import annuler, donner_identifiant, emettre, placer_adresse, reserver_adresses
from mse.comptes.events import AdresseCorrigee, CodeImprime, InvitationRenvoyee
from mse.comptes.models import Compte, NatureJeton
from mse.comptes.queries import get_emission, lock_compte
from mse.core.clock import now
from mse.core.email_addresses import require_email
from mse.core.errors import DonneeInvalide
from mse.core.guards import exige_droit
from mse.core.text import _
from mse.core.use_cases import record, use_case
from mse.representation.policies import peut_inviter

PATIENCE = timedelta(minutes=10)  # minimum delay between two invitations


@use_case
def renvoyer_invitation(compte: Compte, *, par: Compte) -> bool:
    """False: one has left within ten minutes; nothing is done."""
    _exige_invitable(compte, par)
    if not compte.est_attendu:
        raise _deja_venu(compte)
    if compte.adresse is None:
        raise DonneeInvalide(_("Cette personne n’a pas donné d’adresse : imprimez-lui un code."))
    partie_le = get_emission(compte, NatureJeton.INVITATION)
    if partie_le is not None and now() - partie_le < PATIENCE:
        return False
    _inviter_encore(compte, par)
    return True


@use_case
def corriger_adresse(compte: Compte, courriel: str, *, par: Compte) -> bool:
    """What was mailed to the old address opens nothing any more; a new invitation goes to the new one,
    whether or not an account has it: the person who invites does not learn it. False: nothing changes."""
    adresse = require_email(courriel)
    reserver_adresses()
    _exige_invitable(compte, par)
    if not compte.est_attendu:
        raise _deja_venu(compte)
    if compte.adresse == adresse:
        return False
    placer_adresse(compte, adresse)
    annuler(compte, *set(NatureJeton) - {NatureJeton.CODE})  # a sheet was handed over: no address is on it
    record(AdresseCorrigee(compte_id=compte.id, par_id=par.id))
    _inviter_encore(compte, par)
    return True


@use_case
def imprimer_code(compte: Compte, *, par: Compte) -> str:
    """Return a new code, which only the printed sheet shows. It opens a compte that is not active yet, or
    resets the password of an active compte without a verified address."""
    _exige_invitable(compte, par)
    if not compte.s_ouvre_par_code:
        raise _deja_venu(compte)
    donner_identifiant(compte)
    code = emettre(compte, NatureJeton.CODE)
    record(CodeImprime(compte_id=compte.id, par_id=par.id))
    return code


def _inviter_encore(compte: Compte, par: Compte) -> None:
    """The link before opens nothing from now on; nobody knows the secret that replaces it until the mail is
    written with another one, but it tells when the invitation was sent."""
    emettre(compte, NatureJeton.INVITATION)
    record(InvitationRenvoyee(compte_id=compte.id, par_id=par.id))


def _exige_invitable(compte: Compte, par: Compte) -> None:
    lock_compte(compte)
    exige_droit(peut_inviter(par, compte), _("Vous ne pouvez pas inviter cette personne."))


def _deja_venu(compte: Compte) -> DonneeInvalide:
    """The error for a compte that its owner already uses: nobody else may open it."""
    return DonneeInvalide(_("%(prenom)s est déjà venu·e : son compte est ouvert.", prenom=compte.prenom))
