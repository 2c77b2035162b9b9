"""Sources of the registry (`mse.core.registry`): answers without a verdict, solved problems that may
have come back, requests to reopen to decide."""

from mse.avis.queries import (
    list_a_trancher,
    list_durabilites,
    list_sans_avis,
    select_a_trancher,
    select_durabilites,
    select_sans_avis,
)
from mse.core.registry import Source
from mse.representation.api import Lecteur

SOURCES: list[Source[Lecteur]] = [
    Source(
        name="avis_attendus",
        concerns=lambda lecteur: bool(lecteur.roles.delegue_de),
        items=select_sans_avis,
        about="fiche",
        is_pressing=True,
        rows=list_sans_avis,
    ),
    Source(
        name="durabilites",
        concerns=lambda lecteur: bool(lecteur.roles.delegue_de),
        items=select_durabilites,
        about="fiche",
        is_pressing=True,
        rows=list_durabilites,
    ),
    Source(
        name="trancher",
        concerns=lambda lecteur: lecteur.roles.est_animateur,
        items=select_a_trancher,
        about="fiche",
        is_pressing=True,
        rows=list_a_trancher,
    ),
]
