"""The choice of addressees, shared by the delegate who files and the animateur who orients."""

from typing import Any

from mse.annuaire.models import Acteur
from mse.annuaire.queries import acteurs_sans_compte, list_services
from mse.core.clock import today
from mse.fiches.models import Fiche
from mse.fiches.queries.routage import propose


def offer(fiche: Fiche) -> tuple[list[Acteur], dict[str, Any]]:
    """Return the acteurs that the form offers (the routing proposal, then all other services), and the
    variables of the template `_choix_acteurs.html`."""
    propositions = {p.acteur.id: p for p in propose(fiche)}
    autres = [service for service in list_services() if service.id not in propositions]
    acteurs = [*(p.acteur for p in propositions.values()), *autres]
    sans_compte = acteurs_sans_compte([acteur.id for acteur in acteurs], le=today())
    return acteurs, {"propositions": propositions, "sans_compte": sans_compte}
