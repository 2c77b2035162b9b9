"""Use cases of moderation: withdraw or restore an initiative, hide a line."""

from functools import partial

from mse.comptes.models import Compte
from mse.core.clock import is_recent, now
from mse.core.errors import TransitionInterdite
from mse.core.guards import exige_droit
from mse.core.text import _
from mse.core.text_length import require_length
from mse.core.use_cases import prepared, record, use_case
from mse.extensions import db
from mse.initiatives.events import (
    InitiativeRetablie,
    InitiativeRetiree,
    LigneMasquee,
)
from mse.initiatives.libelles import INTERDIT
from mse.initiatives.lignes import verrouiller
from mse.initiatives.limites import MOT_MAX, MOT_MIN
from mse.initiatives.models import Initiative, LigneInitiative
from mse.initiatives.policies import (
    peut_moderer,
)
from mse.verification.api import exige_sans_injures


def _exige_motif(texte: str) -> str:
    return exige_sans_injures(require_length(texte, MOT_MIN, MOT_MAX))


@prepared(texte=partial(require_length, minimum=MOT_MIN, maximum=MOT_MAX))
@use_case
def retirer_initiative(initiative: Initiative, texte: str, *, par: Compte) -> None:
    """Withdraw the initiative with a reason. A repeated request does nothing."""
    verrouiller(initiative)
    exige_droit(peut_moderer(par, initiative), INTERDIT)
    if initiative.retiree_le and is_recent(initiative.retiree_le) and initiative.retrait_motif == texte:
        return
    if not initiative.est_publique:
        raise TransitionInterdite(_("Cette initiative est déjà retirée."))
    initiative.retrait_motif = texte
    initiative.retiree_le = now()
    record(InitiativeRetiree(initiative_id=initiative.id, par_id=par.id))


@use_case
def retablir_initiative(initiative: Initiative, *, par: Compte) -> None:
    """Make the initiative public again. Do nothing if it already is."""
    verrouiller(initiative)
    exige_droit(peut_moderer(par, initiative), INTERDIT)
    if initiative.est_publique:
        return
    initiative.retiree_le = initiative.retrait_motif = None
    record(InitiativeRetablie(initiative_id=initiative.id, par_id=par.id))


@prepared(texte=_exige_motif)
@use_case
def masquer_ligne(ligne: LigneInitiative, texte: str, *, par: Compte) -> None:
    """Replace the text of the line by the reason; the line and its date stay. This cannot be undone."""
    exige_droit(peut_moderer(par, db.session.get_one(Initiative, ligne.initiative_id)), INTERDIT)
    if ligne.masquee_le and is_recent(ligne.masquee_le) and ligne.masquee_motif == texte:
        return
    if not ligne.texte:
        raise TransitionInterdite(_("Cette ligne n’a pas de texte à masquer."))
    ligne.masquee_motif = texte
    ligne.masquee_le, ligne.texte, ligne.texte_html = now(), None, None
    record(LigneMasquee(initiative_id=ligne.initiative_id, ligne_id=ligne.id, par_id=par.id))
