"""Close and reopen comptes, appoint animateurs and administrateurs. It is not in `comptes`, because closing a
compte ends its mandats."""

from datetime import date, timedelta

from mse.annuaire.api import INTERDIT, end_appartenance, exige_autre
from mse.annuaire.policies import est_administrateur
from mse.annuaire.queries import list_appartenances_de
from mse.comptes.api import INVITATIONS, annuler, inviter
from mse.comptes.events import CompteFerme, CompteRouvert, EquipeRejointe, SessionFermee
from mse.comptes.models import Compte, NatureJeton
from mse.comptes.queries import list_sessions_ouvertes, lock_compte
from mse.core.clock import now, today
from mse.core.errors import TransitionInterdite
from mse.core.guards import exige_droit
from mse.core.text import _
from mse.core.use_cases import record, use_case
from mse.representation.events import MandatTermine
from mse.representation.policies import peut_fermer_compte
from mse.representation.queries import list_mandats_de
from mse.representation.queries.comptes import count_administrateurs


@use_case
def fermer_compte(compte: Compte, *, par: Compte) -> None:
    """Close the sessions and end all roles at once, those of animateur and administrateur included.

    A mandat that began today ends tonight, because its last day is inclusive. Do nothing if the compte is
    already closed.
    """
    est_dernier = compte.est_administrateur and count_administrateurs() == 1  # locks in a fixed order
    lock_compte(compte)
    exige_droit(peut_fermer_compte(par, compte), INTERDIT)
    if not compte.est_ouvert:
        return
    if est_dernier:
        raise TransitionInterdite(
            _("C’est le dernier compte d’administration : il en faut au moins un. Ajoutez-en un d’abord.")
        )
    compte.ferme_le, compte.est_animateur, compte.est_administrateur = now(), False, False
    compte.courriel_invite = None
    annuler(compte, *NatureJeton)
    for session in list_sessions_ouvertes(compte.id):
        session.fermee_le = now()
        record(SessionFermee(session_id=session.id, par_id=par.id))
    for appartenance in list_appartenances_de(compte, le=today()):
        end_appartenance(appartenance, par=par)
    for mandat in list_mandats_de(compte, le=date.min):
        if not mandat.figer_si_fini(today()):
            mandat.fin = max(today() - timedelta(days=1), mandat.debut)  # `fin` is inclusive
            record(MandatTermine(mandat_id=mandat.id, par_id=par.id))
    record(CompteFerme(compte_id=compte.id, par_id=par.id))


@use_case
def rouvrir_compte(compte: Compte, *, par: Compte) -> None:
    """Allow signing in again. The roles are not restored. Do nothing if the compte is open."""
    lock_compte(compte)
    exige_droit(peut_fermer_compte(par, compte), INTERDIT)
    if compte.est_ouvert:
        return
    compte.ferme_le = None
    record(CompteRouvert(compte_id=compte.id, par_id=par.id))


@use_case
def accueillir_membre(
    *, prenom: str, nom: str, courriel: str, administrateur: bool, par: Compte
) -> tuple[Compte, bool]:
    """Give a compte the role of animateur or administrateur. Only an administrateur may.

    Return False, and change nothing, if the compte already has the role.
    """
    exige_droit(est_administrateur(par), INTERDIT)
    compte = inviter(prenom=prenom, nom=nom, courriel=courriel, par=par)
    exige_autre(compte, par)
    if compte.est_administrateur if administrateur else compte.est_animateur:
        return compte, False
    annuler(compte, *INVITATIONS)  # their sender may lack the right to give this role
    if administrateur:
        compte.est_administrateur = True
    else:
        compte.est_animateur = True
    record(EquipeRejointe(compte_id=compte.id, par_id=par.id))
    return compte, True
