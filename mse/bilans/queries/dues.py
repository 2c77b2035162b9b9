"""The answers due in a quarter, with the definition of the météo: its measure écoute on the last day of the
quarter, over a window as long as the quarter."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from mse.bilans.chiffres import Chiffres, Cumul
from mse.bilans.trimestres import Trimestre
from mse.meteo.queries.periodes import Periode
from mse.meteo.queries.reponses_dues import ReponseDue, list_attendues


def list_dues(trimestre: Trimestre, *, le: date, acteur_id: int | None = None) -> Iterator[ReponseDue]:
    """Yield the answers due in the quarter until the day before `le`, each saisine once, with its last due
    date. `acteur_id`: those that this acteur owed."""
    dernier = trimestre.compte_jusqu_au(le)
    jours = (dernier - trimestre.debut).days + 1
    if jours < 1:
        return
    periode = Periode(dernier, dernier, jours, {})
    for fiche in list_attendues(periode, acteur_id=acteur_id):
        for due in fiche.dues:
            if due.compte_le(dernier) and acteur_id in (None, due.acteur_id):
                yield due


def count_acteurs(trimestre: Trimestre, *, le: date) -> dict[int, Chiffres]:
    """Return the figures of every acteur that owed an answer in the quarter. Read all of its facts: for the
    worker."""
    cumuls: defaultdict[int, Cumul] = defaultdict(Cumul)
    for due in list_dues(trimestre, le=le):
        cumuls[due.acteur_id].ajouter(due)
    return {acteur_id: cumul.chiffrer() for acteur_id, cumul in cumuls.items()}
