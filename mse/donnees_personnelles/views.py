"""The page of the reports, for administrateurs."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from mse.comptes.policies import peut_gerer_comptes
from mse.core.conservation import list_termes
from mse.core.web import droit, render
from mse.donnees_personnelles.queries import list_purges

bp = Blueprint("donnees_personnelles", __name__)


@bp.get("/effacements")
@droit(peut_gerer_comptes)
def effacements() -> ResponseReturnValue:
    return render("donnees_personnelles/effacements.html", purges=list_purges(), termes=list_termes())
