"""Reactions to events of acteurs."""

from mse.annuaire.events import ActeurFerme
from mse.core.errors import TransitionInterdite
from mse.core.events import on
from mse.core.text import ngettext
from mse.responsables.queries import count_saisines_en_cours


@on(ActeurFerme)
def refuse_closing_with_open_saisines(event: ActeurFerme) -> None:
    """Refuse to close an acteur that has open saisines."""
    n = count_saisines_en_cours(event.acteur_id)
    if n:
        raise TransitionInterdite(
            ngettext(
                "%(num)s fiche est encore en cours chez cet acteur : transmettez-la d’abord.",
                "%(num)s fiches sont encore en cours chez cet acteur : transmettez-les d’abord.",
                n,
            )
        )
