"""A new delegate has read where everything stands."""

from mse.comptes.models import Compte
from mse.core.clock import today
from mse.core.guards import exige_droit
from mse.core.text import _
from mse.core.use_cases import record, use_case
from mse.extensions import db
from mse.passation.events import PassationVue
from mse.passation.models import Passation
from mse.passation.policies import peut_lire_dossier
from mse.passation.queries.departs import list_mandats_en_cours
from mse.representation.models import Promotion


@use_case
def marquer_vue(promotion: Promotion, *, par: Compte) -> None:
    """Mark the handover as read, for each current mandat of `par` in this promotion. A second click changes
    nothing. A later departure shows it again."""
    exige_droit(peut_lire_dossier(par, promotion), _("Seuls les délégués de la promotion lisent ce dossier."))
    for mandat_id in list_mandats_en_cours(par.id, [promotion.id], le=today()):
        passation = db.session.get(Passation, mandat_id)
        if passation is None:
            passation = Passation(mandat_id=mandat_id)
            db.session.add(passation)
        if passation.vue_le != today():
            passation.vue_le = today()
            record(PassationVue(mandat_id=mandat_id, par_id=par.id))
