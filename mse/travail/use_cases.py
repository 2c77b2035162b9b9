"""Assign saisines to agents of the team; save filters of the queue."""

from urllib.parse import urlencode

from mse.annuaire.models import Acteur
from mse.comptes.models import Compte
from mse.core.clock import now, today
from mse.core.database import one_at_a_time
from mse.core.errors import DonneeInvalide, TransitionInterdite
from mse.core.guards import exige_droit
from mse.core.text import _
from mse.core.text_length import require_length
from mse.core.use_cases import record, use_case
from mse.extensions import db
from mse.fiches.api import INTERDIT, verrouille
from mse.fiches.models import Saisine
from mse.travail.events import (
    FiltreGardeEcrit,
    FiltreGardeSupprime,
    SaisineAttribuee,
    SaisineRendueALEquipe,
)
from mse.travail.filtres import FiltresFile
from mse.travail.models import Attribution, FiltreGarde
from mse.travail.policies import peut_attribuer, peut_garder_filtre
from mse.travail.queries import get_attribution, list_equipe, list_filtres_gardes

NOM_MAX, FILTRES_MAX = 60, 20  # characters; filters of a team


@use_case
@verrouille
def attribuer_saisine(saisine: Saisine, a_qui: int | None, *, par: Compte, avant: int | None = None) -> None:
    """Assign the saisine to an agent of the team, or to the whole team (None).

    `avant`: the assignment that the person has seen. Refused if a colleague has changed it meanwhile.
    """
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


@use_case
def garder_filtre(acteur: Acteur, nom: str, filtres: FiltresFile, *, par: Compte) -> None:
    """Save filters under a name for the team. They replace filters saved under the same name."""
    exige_droit(peut_garder_filtre(par, acteur), INTERDIT)
    if not filtres:
        raise DonneeInvalide(_("Choisissez d’abord un filtre dans la file."))
    propre = " ".join(require_length(nom, 1, NOM_MAX).split())
    one_at_a_time(f"filtres:{acteur.id}")
    gardes = {un.nom: un for un in list_filtres_gardes([acteur.id])}
    if propre not in gardes and len(gardes) >= FILTRES_MAX:
        raise DonneeInvalide(
            _("Votre équipe garde déjà %(max)s filtres\u202f: supprimez-en un d’abord.", max=FILTRES_MAX)
        )
    garde = gardes.get(propre) or FiltreGarde(acteur_id=acteur.id, nom=propre)
    if garde.requete == (requete := urlencode(filtres.choisis())):
        return
    garde.requete = requete
    db.session.add(garde)
    db.session.flush()
    record(FiltreGardeEcrit(filtre_id=garde.id, par_id=par.id))


@use_case
def supprimer_filtre(acteur: Acteur, filtre_id: int, *, par: Compte) -> None:
    """Delete a filter of the team. Do nothing if it is deleted already."""
    exige_droit(peut_garder_filtre(par, acteur), INTERDIT)
    garde = db.session.get(FiltreGarde, filtre_id)
    if garde is not None and garde.acteur_id == acteur.id:
        db.session.delete(garde)
        record(FiltreGardeSupprime(filtre_id=filtre_id, par_id=par.id))


def _dire_change(attribution: Attribution | None) -> str:
    if attribution is None:
        return _("Entre-temps, cette fiche a été rendue à l’équipe.")
    return _("Entre-temps, %(prenom)s s’occupe de cette fiche.", prenom=attribution.compte.prenom)
