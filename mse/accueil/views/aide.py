"""Help: the list of guides, and each of them."""

from flask import abort
from flask.typing import ResponseReturnValue

from mse.accueil.aide import GUIDES, read_guide
from mse.accueil.views import bp
from mse.core.web import PUBLIC, droit, render


@bp.get("/aide")
@droit(PUBLIC)
def aide() -> ResponseReturnValue:
    return render("accueil/aide.html", guides=GUIDES)


@bp.get("/aide/<nom>")
@droit(PUBLIC)
def guide(nom: str) -> ResponseReturnValue:
    if nom not in GUIDES:
        abort(404)
    titre, texte = read_guide(nom)
    return render("accueil/guide.html", titre=titre, lu=texte)
