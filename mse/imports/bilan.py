"""The result of each line of an imported file."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from mse.core.text import lazy


class Issue(StrEnum):
    CREE = "cree"
    ACTUALISE = "actualise"
    INCHANGE = "inchange"
    REFUSE = "refuse"
    LAISSE = "laisse"  # ignored: outside the démarche's territoires
    A_DECIDER = "a_decider"  # ambiguous: a person has to choose a reading


@dataclass(frozen=True, slots=True)
class Bilan:
    """The result of one line of the file."""

    numero: int
    issue: Issue
    nom: str
    siret: str = ""
    remarques: tuple[str, ...] = ()
    sans_departement: bool = False


TITRES = ("Ligne", "Résultat", "Organisme", "SIRET", "Remarques")  # titles of the columns of the report
LIBELLES_ISSUES = {
    Issue.CREE: lazy("créé"),
    Issue.ACTUALISE: lazy("mis à jour"),
    Issue.INCHANGE: lazy("inchangé"),
    Issue.REFUSE: lazy("refusé"),
    Issue.LAISSE: lazy("laissé de côté"),
}


def cells(bilan: Bilan) -> Sequence[object]:
    """Return the cells of one line of the report."""
    return (
        bilan.numero,
        str(LIBELLES_ISSUES[bilan.issue]),
        bilan.nom,
        bilan.siret,
        "\u202f; ".join(bilan.remarques),
    )
