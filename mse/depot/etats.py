"""What the state of a fiche allows its delegates to say."""

from mse.core.errors import TransitionInterdite
from mse.core.text import _
from mse.fiches.api import est_signalable
from mse.fiches.models import Fiche
from mse.fiches.queries.pages import list_etapes


def exige_signalable(fiche: Fiche) -> None:
    """Raise `TransitionInterdite` if the fiche is closed, or if its delegates have just said so."""
    if not est_signalable(fiche.statut, [etape.nature for etape in list_etapes(fiche)]):
        raise TransitionInterdite(
            _(
                "C’est déjà dit, ou la fiche est close. "
                "Vous pourrez le redire quand il se sera passé quelque chose."
            )
        )
