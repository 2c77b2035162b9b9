"""General pages: home, information about the site, display settings. Read-only."""

from typing import Any

from flask import current_app, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from mse.accueil import queries
from mse.accueil.chiffres import get_chiffres
from mse.accueil.forms import AffichageForm
from mse.accueil.reponses import list_dernieres_reponses
from mse.accueil.views import bp
from mse.core.clock import today
from mse.core.conservation import list_termes
from mse.core.web import PUBLIC, droit, render
from mse.demarche import get_demarche
from mse.initiatives.queries import list_dernieres
from mse.meteo.queries.bulletins import get_dernier
from mse.meteo.queries.chiffres import get_dernier_jour
from mse.meteo.queries.lieux import get_lieu_de_la_demarche
from mse.meteo.queries.vues import read_vue

INITIATIVES = 3  # on the home page
_ONE_YEAR = 365 * 24 * 3600


@bp.get("/")
@droit(PUBLIC)
def accueil() -> ResponseReturnValue:
    return render(
        "accueil/accueil.html",
        chiffres=get_chiffres(),
        delegues=queries.count_delegues(),
        reponses=tuple(list_dernieres_reponses()),
        initiatives=tuple(list_dernieres(INITIATIVES)),
        le=today(),
        **_meteo(),
    )


def _meteo() -> dict[str, Any]:
    """Return the map of the whole démarche for the last day that has figures."""
    lieu, calcul = get_lieu_de_la_demarche(), get_dernier_jour()
    if lieu is None:
        return {"vue": None, "bulletin": None}
    jour, calcule_le = (calcul.jour, calcul.calcule_le) if calcul else (today(), None)
    vue = read_vue(lieu, jour, get_demarche().meteo.fenetre, calcule_le)
    return {"vue": vue, "bulletin": get_dernier()}


@bp.get("/a-propos")
@droit(PUBLIC)
def a_propos() -> ResponseReturnValue:
    return render("accueil/a_propos.html")


@bp.get("/contact")
@droit(PUBLIC)
def contact() -> ResponseReturnValue:
    return render("accueil/contact.html")


@bp.get("/mentions-legales")
@droit(PUBLIC)
def mentions_legales() -> ResponseReturnValue:
    return render("accueil/mentions_legales.html")


@bp.get("/donnees-personnelles")
@droit(PUBLIC)
def donnees_personnelles() -> ResponseReturnValue:
    return render("accueil/donnees_personnelles.html", termes=list_termes())


@bp.get("/accessibilite")
@droit(PUBLIC)
def accessibilite() -> ResponseReturnValue:
    return render("accueil/accessibilite.html")


@bp.route("/affichage", methods=["GET", "POST"])
@droit(PUBLIC)
def affichage() -> ResponseReturnValue:
    form = AffichageForm(theme=request.cookies.get("theme", "auto"))
    if form.validate_on_submit():
        response = make_response(redirect(url_for("accueil.accueil"), 303))
        if form.theme.data == "auto":
            response.delete_cookie("theme")
        else:
            secure = current_app.config["MSE"].https
            response.set_cookie("theme", form.theme.data, max_age=_ONE_YEAR, samesite="Lax", secure=secure)
        return response
    return render("accueil/affichage.html", form=form)
