"""Decide who of the team has a saisine."""

from mse.comptes.models import Compte
from mse.core.clock import now, today
from mse.core.errors import DonneeInvalide, TransitionInterdite
from mse.core.guards import exige_droit
from mse.core.text import _
from mse.core.use_cases import record, use_case
from mse.extensions import db
from mse.fiches.api import INTERDIT, verrouille
from mse.fiches.models import Saisine
from mse.travail.events import SaisineAttribuee, SaisineRendueALEquipe
from mse.travail.models import Attribution
from mse.travail.policies import peut_attribuer
from mse.travail.queries import get_attribution, list_equipe


@use_case
@verrouille
def attribuer_saisine(saisine: Saisine, a_qui: int | None, *, par: Compte, avant: int | None = None) -> None:
    """Give the saisine to an agent of the team, or back to the team (None). `avant`: who had it on the page
    that the person read; refused if a colleague has changed it meanwhile."""
    exige_droit(peut_attribuer(par, saisine), INTERDIT)
    attribution = get_attribution(saisine.id)
    present = attribution.compte_id if attribution else None
    if present == a_qui:
        return
    if present != avant:
        raise TransitionInterdite(_dire_change(attribution))
    if attribution is not None:
        db.session.delete(attribution)
        db.session.flush()
    if a_qui is None:
        record(SaisineRendueALEquipe(saisine_id=saisine.id, par_id=par.id))
        return
    if a_qui not in {compte.id for compte in list_equipe([saisine.acteur_id], le=today())}:
        raise DonneeInvalide(_("Cette personne n’est plus dans votre équipe."), champ="a_qui")
    db.session.add(Attribution(saisine_id=saisine.id, compte_id=a_qui, le=now()))
    record(SaisineAttribuee(saisine_id=saisine.id, par_id=par.id))


def _dire_change(attribution: Attribution | None) -> str:
    if attribution is None:
        return _("Entre-temps, cette fiche a été rendue à l’équipe.")
    return _("Entre-temps, %(prenom)s s’occupe de cette fiche.", prenom=attribution.compte.prenom)
