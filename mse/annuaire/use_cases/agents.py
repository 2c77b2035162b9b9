"""Who works for an acteur: its référents see to it, the team brings in the first one."""

from functools import partial

from mse.annuaire.appartenances import (
    add_appartenance,
    end_appartenance,
    exige_un_autre_referent,
    set_referent,
)
from mse.annuaire.historique import vient_de
from mse.annuaire.libelles import INTERDIT
from mse.annuaire.models import Acteur, Appartenance, NatureChangement
from mse.annuaire.policies import peut_gerer, peut_reconnaitre
from mse.annuaire.queries import lock_acteur
from mse.annuaire.validation import exige_autre
from mse.comptes.api import inviter
from mse.comptes.models import Compte
from mse.core.clock import today
from mse.core.errors import TransitionInterdite
from mse.core.guards import exige_droit
from mse.core.textes import _
from mse.core.use_cases import use_case
from mse.extensions import db


@use_case
def accueillir_agent(
    acteur: Acteur, *, prenom: str, nom: str, courriel: str, referent: bool, par: Compte
) -> Appartenance:
    """From today on; somebody whose compte `par` may see keeps it, with the name it bears."""
    exige_droit(peut_gerer(par, acteur), INTERDIT)
    compte = inviter(
        prenom=prenom, nom=nom, courriel=courriel, par=par, reconnait=partial(peut_reconnaitre, par)
    )
    return add_appartenance(compte, acteur, referent=referent, debut=today(), par=par)


@use_case
def nommer_referent(appartenance: Appartenance, *, par: Compte) -> None:
    """Référent already, nothing is done."""
    _exige_en_poste(appartenance, par=par)
    exige_autre(appartenance.compte, par)
    if appartenance.est_referent:
        return
    set_referent(appartenance, True, par=par)


@use_case
def demettre_referent(appartenance: Appartenance, *, par: Compte) -> None:
    """Remains an agent. No référent already, nothing is done."""
    _exige_en_poste(appartenance, par=par)
    if not appartenance.est_referent:
        return
    set_referent(appartenance, False, par=par)


@use_case
def terminer_appartenance(appartenance: Appartenance, *, par: Compte) -> None:
    """No access any more from this instant on. Sent twice, it is done once."""
    if vient_de(appartenance.acteur, NatureChangement.DEPART, par=par, compte=appartenance.compte):
        return
    _exige_en_poste(appartenance, par=par)
    if appartenance.est_referent:
        exige_un_autre_referent(appartenance, par=par)
    end_appartenance(appartenance, par=par)


def _exige_en_poste(appartenance: Appartenance, *, par: Compte) -> None:
    exige_droit(peut_gerer(par, appartenance.acteur), INTERDIT)
    lock_acteur(appartenance.acteur)
    db.session.refresh(appartenance)  # as whoever held the lock before left it
    if not appartenance.est_en_cours(today()):
        raise TransitionInterdite(
            _("Cette personne ne travaille plus pour %(acteur)s.", acteur=appartenance.acteur.nom)
        )
