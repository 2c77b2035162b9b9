"""Name the people who read, and delete what is old."""

from sqlalchemy import delete

from mse.comptes.models import Compte
from mse.confidentiel.events import ReferentNomme, ReferentRetire, SignalementEfface
from mse.confidentiel.limites import GARDE
from mse.confidentiel.models import Confidence, LectureConfidentielle, MessageConfidentiel
from mse.confidentiel.policies import peut_nommer, peut_nommer_referents
from mse.confidentiel.queries import list_a_oublier
from mse.core.clock import now
from mse.core.guards import exige_droit
from mse.core.text import _
from mse.core.use_cases import record, use_case
from mse.extensions import db


@use_case
def nommer_referent(personne: Compte, *, par: Compte) -> None:
    """Let this member of the team read the reports. A second click changes nothing."""
    exige_droit(peut_nommer(par, personne), _("Une autre personne de l’administration doit vous nommer."))
    if not personne.est_referent_confidentiel:
        personne.est_referent_confidentiel = True
        record(ReferentNomme(compte_id=personne.id, par_id=par.id))


@use_case
def retirer_referent(personne: Compte, *, par: Compte) -> None:
    """End that right. A second click changes nothing."""
    exige_droit(peut_nommer_referents(par), _("Seule l’administration le peut."))
    if personne.est_referent_confidentiel:
        personne.est_referent_confidentiel = False
        record(ReferentRetire(compte_id=personne.id, par_id=par.id))


@use_case
def oublier_confidences() -> int:
    """Delete the reports closed 24 months ago with their messages and readings, at most 100 a run; return
    their number."""
    ids = list_a_oublier(now() - GARDE)
    for query in (
        delete(LectureConfidentielle).where(LectureConfidentielle.signalement_id.in_(ids)),
        delete(MessageConfidentiel).where(MessageConfidentiel.signalement_id.in_(ids)),
        delete(Confidence).where(Confidence.id.in_(ids)),
    ):
        db.session.execute(query.execution_options(synchronize_session=False))
    for signalement_id in ids:
        record(SignalementEfface(confidentiel_id=signalement_id, par_id=None))
    return len(ids)
