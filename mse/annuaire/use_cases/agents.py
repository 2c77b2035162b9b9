"""Appartenances of agents, managed by the référents of the acteur. An animateur adds the first one."""

from functools import partial

from mse.annuaire.appartenances import (
    add_appartenance,
    end_appartenance,
    exige_un_autre_referent,
    set_referent,
)
from mse.annuaire.historique import est_renvoi
from mse.annuaire.libelles import INTERDIT
from mse.annuaire.models import Acteur, Appartenance, NatureChangement
from mse.annuaire.policies import peut_gerer
from mse.annuaire.queries import list_reconnus, lock_acteur
from mse.annuaire.validation import exige_autre
from mse.comptes.api import inviter
from mse.comptes.models import Compte
from mse.core.clock import today
from mse.core.errors import TransitionInterdite
from mse.core.guards import exige_droit
from mse.core.text import _
from mse.core.use_cases import use_case
from mse.extensions import db


@use_case
def accueillir_agent(
    acteur: Acteur, *, prenom: str, nom: str, courriel: str, referent: bool, par: Compte
) -> Appartenance:
    """Make a person an agent from today. A compte that `par` may recognise is reused and keeps its name."""
    exige_droit(peut_gerer(par, acteur), INTERDIT)
    compte = inviter(
        prenom=prenom, nom=nom, courriel=courriel, par=par, reconnait=partial(list_reconnus, par)
    )
    return add_appartenance(compte, acteur, referent=referent, debut=today(), par=par)


@use_case
def nommer_referent(appartenance: Appartenance, *, par: Compte) -> None:
    """Give an agent the role of référent. Do nothing if they have it already."""
    _exige_en_poste(appartenance, par=par)
    exige_autre(appartenance.compte, par)
    if appartenance.est_referent:
        return
    set_referent(appartenance, True, par=par)


@use_case
def demettre_referent(appartenance: Appartenance, *, par: Compte) -> None:
    """Remove the role of référent; the person remains an agent. Do nothing if they are not a référent."""
    _exige_en_poste(appartenance, par=par)
    if not appartenance.est_referent:
        return
    set_referent(appartenance, False, par=par)


@use_case
def terminer_appartenance(appartenance: Appartenance, *, par: Compte) -> None:
    """End the access at once. A form sent twice ends it once."""
    if est_renvoi(appartenance.acteur, NatureChangement.DEPART, par=par, compte=appartenance.compte):
        return
    _exige_en_poste(appartenance, par=par)
    if appartenance.est_referent:
        exige_un_autre_referent(appartenance, par=par)
    end_appartenance(appartenance, par=par)


def _exige_en_poste(appartenance: Appartenance, *, par: Compte) -> None:
    exige_droit(peut_gerer(par, appartenance.acteur), INTERDIT)
    lock_acteur(appartenance.acteur)
    db.session.refresh(appartenance)  # reload the values written by the previous holder of the lock
    if not appartenance.est_en_cours(today()):
        raise TransitionInterdite(
            _("Cette personne ne travaille plus pour %(acteur)s.", acteur=appartenance.acteur.nom)
        )
