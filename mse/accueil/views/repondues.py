"""The answers that a person has published."""

from flask import request, url_for
from flask.typing import ResponseReturnValue

from mse.accueil.reponses import list_repondues
from mse.accueil.views import bp
from mse.core.pagination import Cursor
from mse.core.web import CONNECTE, droit, moi, render
from mse.fiches.api import ETAPES


@bp.get("/mon-espace/reponses")
@droit(CONNECTE)
def mes_reponses() -> ResponseReturnValue:
    after = Cursor.parse(request.args.get("apres", ""))
    page = list_repondues(moi(), after)
    return render(
        "accueil/mes_reponses.html",
        reponses=page.rows,
        natures=ETAPES,
        suivant=url_for("accueil.mes_reponses", apres=page.next) if page.next else None,
        debut=url_for("accueil.mes_reponses") if after else None,
    )
