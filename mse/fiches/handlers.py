"""An acteur that closes hands its open saisines over first: `annuaire` does not know that there are any."""

from mse.annuaire.events import ActeurFerme
from mse.core.errors import TransitionInterdite
from mse.core.events import on
from mse.core.textes import ngettext
from mse.fiches.queries.pages import count_demandes_ouvertes, count_saisines_en_cours


@on(ActeurFerme)
def refuse_while_it_owes_answers(event: ActeurFerme) -> None:
    n = count_saisines_en_cours(event.acteur_id)
    if n:
        raise TransitionInterdite(
            ngettext(
                "%(num)s fiche est encore en cours chez cet acteur : transmettez-la d’abord.",
                "%(num)s fiches sont encore en cours chez cet acteur : transmettez-les d’abord.",
                n,
            )
        )
    n = count_demandes_ouvertes(event.acteur_id)
    if n:
        raise TransitionInterdite(
            ngettext(
                "On lui demande de rouvrir %(num)s fiche : il faut d’abord une décision.",
                "On lui demande de rouvrir %(num)s fiches : il faut d’abord une décision pour chacune.",
                n,
            )
        )
