"""Words of repères, as users read them."""

from mse.core.text import _, lazy
from mse.reperes.workflow import StatutRepere

STATUTS = {
    StatutRepere.BROUILLON: lazy("Brouillon"),
    StatutRepere.PUBLIE: lazy("En vigueur"),
    StatutRepere.REMPLACE: lazy("Remplacé"),
    StatutRepere.RETIRE: lazy("Retiré"),
}
INTERDIT = lazy("Vous n’avez pas le droit de faire cela sur ce repère.")


def dire_change() -> str:
    """Return the message for the second of two people who change a repère."""
    return _(
        "Entre-temps, quelqu’un d’autre a changé ce repère. Votre texte est gardé\u202f: relisez, puis "
        "recommencez."
    )
