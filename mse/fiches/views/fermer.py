"""The page before closing an acteur: its pending saisines and requests, to be transferred."""

from flask.typing import ResponseReturnValue

from mse.annuaire.models import Acteur
from mse.annuaire.policies import peut_tenir
from mse.annuaire.queries import get_acteur
from mse.core.clock import today
from mse.core.web import droit, render
from mse.fiches.queries.pages import (
    count_demandes_ouvertes,
    count_saisines_en_cours,
    list_demandes_ouvertes,
    list_saisines_en_cours,
)
from mse.fiches.views import bp


@bp.get("/acteurs/<int:acteur_id>/avant-fermeture")
@droit(peut_tenir, sur=get_acteur)
def avant_fermeture(acteur: Acteur) -> ResponseReturnValue:
    return render(
        "fiches/avant_fermeture.html",
        acteur=acteur,
        nombre=count_saisines_en_cours(acteur.id),
        saisines=list_saisines_en_cours(acteur.id),
        demandes=count_demandes_ouvertes(acteur.id),
        a_rouvrir=list_demandes_ouvertes(acteur.id),
        le=today(),
    )
