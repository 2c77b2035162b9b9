"""Link fiches to a repère."""

from mse.comptes.models import Compte
from mse.core.clock import now
from mse.core.database import one_at_a_time
from mse.core.errors import DonneeInvalide, TransitionInterdite
from mse.core.guards import exige_droit
from mse.core.text import _
from mse.core.use_cases import record, use_case
from mse.extensions import db
from mse.fiches.models import Fiche
from mse.reperes.events import RepereDelie, RepereLie
from mse.reperes.libelles import INTERDIT
from mse.reperes.limites import FICHES_MAX
from mse.reperes.models import Repere, RepereFiche
from mse.reperes.policies import peut_tenir
from mse.reperes.portees import count_links
from mse.reperes.queries.pages import count_liens


@use_case
def lier_fiche(repere: Repere, fiche_id: int, *, par: Compte) -> None:
    """Link a public fiche whose question the repère settles. Do nothing if it is linked already."""
    exige_droit(peut_tenir(par, repere), INTERDIT)
    one_at_a_time(f"repere:{repere.id}")
    fiche = db.session.get(Fiche, fiche_id)
    if fiche is None or not fiche.est_publique:
        raise DonneeInvalide(_("Aucune fiche publique ne porte ce numéro."), champ="fiche_id")
    if db.session.get(RepereFiche, (repere.id, fiche.id)) is not None:
        return
    if count_liens(repere.id) >= FICHES_MAX:
        phrase = _("Ce repère a déjà %(max)s fiches\u202f: retirez-en une d’abord.", max=FICHES_MAX)
        raise DonneeInvalide(phrase, champ="fiche_id")
    db.session.add(RepereFiche(repere_id=repere.id, fiche_id=fiche.id, lie_le=now()))
    count_links([fiche.id])
    record(RepereLie(repere_id=repere.id, fiche_id=fiche.id, par_id=par.id))


@use_case
def delier_fiche(repere: Repere, fiche_id: int, *, par: Compte) -> None:
    """Remove a link. The link to the answer that the repère comes from stays."""
    exige_droit(peut_tenir(par, repere), INTERDIT)
    lien = db.session.get(RepereFiche, (repere.id, fiche_id))
    if lien is None:
        return
    if lien.etape_id is not None:
        raise TransitionInterdite(_("Ce repère vient de cette fiche\u202f: le lien reste."))
    db.session.delete(lien)
    count_links([fiche_id])
    record(RepereDelie(repere_id=repere.id, fiche_id=fiche_id, par_id=par.id))
