"""What becomes of each line of a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from mse.core.textes import lazy


class Issue(StrEnum):
    CREE = "cree"
    ACTUALISE = "actualise"
    INCHANGE = "inchange"
    REFUSE = "refuse"
    LAISSE = "laisse"  # left out: it lies elsewhere
    A_DECIDER = "a_decider"  # two readings are possible: the person chooses


@dataclass(frozen=True, slots=True)
class Bilan:
    """What became of one line of the file."""

    numero: int
    issue: Issue
    nom: str
    siret: str = ""
    remarques: tuple[str, ...] = ()
    sans_departement: bool = False


TITRES = ("Ligne", "Résultat", "Organisme", "SIRET", "Remarques")  # of the report
ISSUES = {
    Issue.CREE: lazy("créé"),
    Issue.ACTUALISE: lazy("mis à jour"),
    Issue.INCHANGE: lazy("inchangé"),
    Issue.REFUSE: lazy("refusé"),
    Issue.LAISSE: lazy("laissé de côté"),
}


def cells(bilan: Bilan) -> Sequence[object]:
    """One line of the report."""
    return bilan.numero, str(ISSUES[bilan.issue]), bilan.nom, bilan.siret, "\u202f; ".join(bilan.remarques)
