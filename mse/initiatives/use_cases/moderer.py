"""What the team withdraws, restores or hides."""

from mse.comptes.models import Compte
from mse.core.clock import now
from mse.core.errors import TransitionInterdite
from mse.core.exigences import exige_longueur
from mse.core.textes import _
from mse.core.use_cases import record, use_case
from mse.extensions import db
from mse.initiatives.events import (
    InitiativeRetablie,
    InitiativeRetiree,
    LigneMasquee,
)
from mse.initiatives.limites import MOT_MAX, MOT_MIN
from mse.initiatives.models import Initiative, LigneInitiative
from mse.initiatives.policies import (
    peut_moderer,
)
from mse.initiatives.use_cases.lignes import exige_droit


@use_case
def retirer_initiative(initiative: Initiative, motif: str, *, par: Compte) -> None:
    exige_droit(peut_moderer(par, initiative))
    if not initiative.est_publique:
        raise TransitionInterdite(_("Cette initiative est déjà retirée."))
    initiative.retrait_motif = exige_longueur(motif, MOT_MIN, MOT_MAX)
    initiative.retiree_le = now()
    record(InitiativeRetiree(initiative_id=initiative.id, par_id=par.id))


@use_case
def retablir_initiative(initiative: Initiative, *, par: Compte) -> None:
    exige_droit(peut_moderer(par, initiative))
    initiative.retiree_le = initiative.retrait_motif = None
    record(InitiativeRetablie(initiative_id=initiative.id, par_id=par.id))


@use_case
def masquer_ligne(ligne: LigneInitiative, motif: str, *, par: Compte) -> None:
    """The line and its date stay, the reason takes the place of the text; there is no way back."""
    exige_droit(peut_moderer(par, db.session.get_one(Initiative, ligne.initiative_id)))
    if not ligne.texte:
        raise TransitionInterdite(_("Cette ligne n’a pas de texte à masquer."))
    ligne.masquee_motif = exige_longueur(motif, MOT_MIN, MOT_MAX)
    ligne.masquee_le, ligne.texte, ligne.texte_html = now(), None, None
    record(LigneMasquee(initiative_id=ligne.initiative_id, ligne_id=ligne.id, par_id=par.id))
