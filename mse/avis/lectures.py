"""Sources of the registry (`mse.core.registry`): answers without a verdict, requests to reopen to decide."""

from mse.avis.queries import list_a_trancher, list_sans_avis, select_a_trancher, select_sans_avis
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
        name="trancher",
        concerns=lambda lecteur: lecteur.roles.est_animateur,
        items=select_a_trancher,
        about="fiche",
        is_pressing=True,
        rows=list_a_trancher,
    ),
]
