"""Routing: acteurs to propose for a fiche, with the reason (docs/regles/fiches.md)."""

from mse.annuaire.queries.routage import Proposition, propose_services
from mse.core.text import _
from mse.fiches.models import Fiche


def propose(fiche: Fiche) -> list[Proposition]:
    """Propose the competent services, then the organisme, ticked if the démarche assigns it the thème."""
    if fiche.theme is None:
        return []
    organisme = fiche.promotion.organisme
    services = propose_services(fiche.theme, fiche.territoire)
    if organisme.ferme_le is not None:
        return services
    return [*services, Proposition(organisme, fiche.theme.organisme, _("c’est l’organisme de la promotion"))]
