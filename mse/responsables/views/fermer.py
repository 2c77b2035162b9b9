"""The page to close an acteur. It lists the saisines to transfer first. Its form is sent to
`annuaire.fermer`."""

from flask.typing import ResponseReturnValue

from mse.annuaire.models import Acteur
from mse.annuaire.policies import peut_tenir
from mse.annuaire.queries import get_acteur, map_urgents
from mse.core.clock import today
from mse.core.time_limits import measure_waiting
from mse.core.web import ActionForm, droit, render
from mse.responsables.queries import (
    count_demandes_ouvertes,
    count_saisines_en_cours,
    list_demandes_ouvertes,
    list_saisines_en_cours,
)
from mse.responsables.views import bp


@bp.get("/acteurs/<int:acteur_id>/fermeture")
@droit(peut_tenir, sur=get_acteur)
def fermeture(acteur: Acteur) -> ResponseReturnValue:
    le = today()
    saisines = [
        (ligne, measure_waiting(ligne.jours_donnes, due=ligne.reponse_due, today=le))
        for ligne in list_saisines_en_cours(acteur.id)
    ]
    return render(
        "responsables/fermeture.html",
        form=ActionForm(),
        acteur=acteur,
        nombre=count_saisines_en_cours(acteur.id),
        saisines=saisines,
        demandes=count_demandes_ouvertes(acteur.id),
        a_rouvrir=list_demandes_ouvertes(acteur.id),
        urgents=map_urgents(),
        le=le,
    )
