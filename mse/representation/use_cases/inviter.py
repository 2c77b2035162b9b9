"""Invite a person again: by mail, at a corrected address, or by a printed code.

Each invitation revokes the previous one.
"""

from datetime import timedelta

from mse.annuaire.policies import tient_annuaire
from mse.comptes.api import annuler, donner_identifiant, emettre, placer_adresse, reserver_adresses
from mse.comptes.events import AdresseCorrigee, CodeImprime, InvitationRenvoyee
from mse.comptes.models import Compte, NatureJeton
from mse.comptes.queries import get_emission, lock_compte
from mse.core.clock import now, today
from mse.core.email_addresses import require_email
from mse.core.errors import DonneeInvalide
from mse.core.guards import exige_droit
from mse.core.text import _
from mse.core.use_cases import record, use_case
from mse.representation.policies import peut_inviter
from mse.representation.queries.jamais_ouverts import UNE_SEMAINE, Cible, list_a_relancer

PATIENCE = timedelta(minutes=10)  # minimum delay between two invitations


@use_case
def renvoyer_invitation(compte: Compte, *, par: Compte) -> bool:
    """Mail a new invitation. Do nothing and return False if one was mailed less than ten minutes ago."""
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
def relancer_invitations(cible: Cible, cible_id: int, *, par: Compte) -> int:
    """Mail a new invitation to a person who never came, or to all of an acteur or a promotion: at most one a
    week each, never to an address that receives nothing. Return their number."""
    exige_droit(tient_annuaire(par), _("Vous ne pouvez pas inviter cette personne."))
    comptes = list_a_relancer(cible, cible_id, le=today())
    for compte in comptes:
        lock_compte(compte)
    restent = [compte for compte in comptes if _est_a_relancer(compte, par)]
    for compte in restent:
        _inviter_encore(compte, par)
    return len(restent)


def _est_a_relancer(compte: Compte, par: Compte) -> bool:
    """True if the person has not come meanwhile, and no invitation left this week. The compte is locked."""
    partie_le = get_emission(compte, NatureJeton.INVITATION)
    est_recente = partie_le is not None and now() - partie_le < UNE_SEMAINE
    return compte.est_attendu and peut_inviter(par, compte) and not est_recente


@use_case
def corriger_adresse(compte: Compte, courriel: str, *, par: Compte) -> bool:
    """Revoke the invitation mailed to the old address and send one to the new address.

    The result is the same whether or not an account has the new address. Return False if nothing changes.
    """
    adresse = require_email(courriel)
    reserver_adresses()
    _exige_invitable(compte, par)
    if not compte.est_attendu:
        raise _deja_venu(compte)
    if compte.adresse == adresse:
        return False
    placer_adresse(compte, adresse)
    annuler(compte, *set(NatureJeton) - {NatureJeton.CODE})  # a printed code does not depend on the address
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
    """Replace the previous token by a placeholder that records the date of the invitation.

    The worker replaces the placeholder by the real token when it writes the mail.
    """
    emettre(compte, NatureJeton.INVITATION)
    record(InvitationRenvoyee(compte_id=compte.id, par_id=par.id))


def _exige_invitable(compte: Compte, par: Compte) -> None:
    lock_compte(compte)
    exige_droit(peut_inviter(par, compte), _("Vous ne pouvez pas inviter cette personne."))


def _deja_venu(compte: Compte) -> DonneeInvalide:
    """Return the error for a compte that its owner already uses: it cannot be invited again."""
    return DonneeInvalide(_("%(prenom)s est déjà venu·e : son compte est ouvert.", prenom=compte.prenom))
