"""Cards that other sites embed: pages of their own, without cookie, form or script."""

from typing import Any

from flask import Response, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from mse.annuaire.queries import get_theme
from mse.core.web import PUBLIC, droit, lien
from mse.demarche import get_demarche
from mse.fiches.queries.listes import Filtres, list_fiches
from mse.meteo.queries.chiffres import get_dernier_jour, read_etats
from mse.meteo.queries.lieux import get_lieu_de_la_demarche
from mse.ouverture.queries.fiches import is_withdrawn, map_lectures
from mse.ouverture.views import bp
from mse.ouverture.views.documents import adresse

FICHES = 5  # on the card of a thème


@bp.get("/carte/fiches/<int:fiche_id>")
@droit(PUBLIC)
def carte_fiche(fiche_id: int) -> ResponseReturnValue:
    lue = map_lectures([fiche_id]).get(fiche_id)
    if lue is None:
        return _absente(410 if is_withdrawn(fiche_id) else 404)
    if lue.fiche.reunie_a_id is not None:
        return redirect(url_for("ouverture.carte_fiche", fiche_id=lue.fiche.reunie_a_id), 302)
    return _carte(
        "ouverture/carte_fiche.html",
        fiche=lue.fiche,
        responsables=[saisine.nom for saisine in lue.saisines],
        page=adresse("fiches.detail", fiche_id),
    )


@bp.get("/carte/themes/<theme_id>")
@droit(PUBLIC)
def carte_theme(theme_id: str) -> ResponseReturnValue:
    theme = get_theme(None, theme_id)
    if theme is None:
        return _absente(404)
    fiches = list_fiches(Filtres(theme=theme.code), size=FICHES).rows
    return _carte(
        "ouverture/carte_theme.html",
        theme=theme,
        fiches=[(fiche, adresse("fiches.detail", fiche.id)) for fiche in fiches],
        page=f"{lien('fiches.liste')}?theme={theme.code}",
    )


@bp.get("/carte/meteo")
@droit(PUBLIC)
def carte_meteo() -> ResponseReturnValue:
    lieu, calcul, fenetre = get_lieu_de_la_demarche(), get_dernier_jour(), get_demarche().meteo.fenetre
    etats = read_etats([(lieu.code, lieu.nom)], calcul.jour, fenetre) if lieu and calcul else [None]
    return _carte(
        "ouverture/carte_meteo.html",
        etat=etats[0],
        jour=calcul and calcul.jour,
        fenetre=fenetre,
        page=lien("meteo.racine"),
    )


def _absente(status: int) -> Response:
    return _carte("ouverture/carte_absente.html", status, page=lien("accueil.accueil"))


def _carte(template: str, status: int = 200, **context: Any) -> Response:
    """Render a card without the context processors of web pages: it depends on no account."""
    html = current_app.jinja_env.get_template(template).render(context)
    response = Response(html, status, mimetype="text/html")
    response.headers["Cache-Control"] = "no-cache"
    if status == 200:
        response.add_etag(weak=True)
        response.make_conditional(request)
    return response
