"""Whom a fiche may go to: the same boxes for the delegate who files it and the animateur who orients it."""

from typing import Any

from wtforms import SelectMultipleField

from mse.annuaire.queries import acteurs_sans_compte, list_services
from mse.core.clock import today
from mse.core.web import options
from mse.fiches.models import Fiche
from mse.fiches.queries.routage import propose


def offer(champ: SelectMultipleField, fiche: Fiche) -> dict[str, Any]:
    """Fills the boxes: the proposal, then every other service. What `_choix_acteurs.html` needs beside."""
    propositions = {p.acteur.id: p for p in propose(fiche)}
    autres = [service for service in list_services() if service.id not in propositions]
    champ.choices = options((a.id, a.nom) for a in [*(p.acteur for p in propositions.values()), *autres])
    sans_compte = acteurs_sans_compte([*propositions, *(a.id for a in autres)], le=today())
    return {"propositions": propositions, "sans_compte": sans_compte}
