"""Sources of the registry (`mse.core.registry`): the tabs of an owner's queue, and the saisines whose acteur
has no account."""

from functools import partial

from mse.core.registry import Source
from mse.representation.api import Lecteur
from mse.travail.queries import list_sans_compte, select_sans_compte
from mse.travail.work_queue import A_FAIRE, COUNTED, name_source, select_items

SOURCES: list[Source[Lecteur]] = [
    *(
        Source(
            name=name_source(tab),
            concerns=lambda lecteur: bool(lecteur.roles.agent_de),
            items=partial(select_items, tab),
            about="fiche",
            is_pressing=tab in A_FAIRE,
        )
        for tab in COUNTED
    ),
    Source(
        name="sans_compte",
        concerns=lambda lecteur: lecteur.roles.est_animateur,
        items=select_sans_compte,
        about="fiche",
        is_pressing=True,
        rows=list_sans_compte,
    ),
]
