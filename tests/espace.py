"""What waits for a person, read from the registry as «mon espace» does."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from mse.comptes.models import Compte
from mse.core.registry import Tally
from mse.representation.api import TRAVAUX, Lecteur


def compter(compte: Compte) -> Tally:
    return TRAVAUX.count(Lecteur.du_jour(compte))


def lire(compte: Compte) -> defaultdict[str, Sequence[Any]]:
    """Return the rows by name of their source; none of a source that does not concern this person."""
    lecteur = Lecteur.du_jour(compte)
    return defaultdict(tuple, TRAVAUX.read(lecteur, TRAVAUX.count(lecteur)))
