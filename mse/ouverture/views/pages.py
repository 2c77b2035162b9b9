"""The page «Données ouvertes»: what can be reused, and the code of the cards."""

from flask import current_app, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from mse.annuaire.queries import list_noms_de_themes
from mse.core.database import read_id
from mse.core.text import _
from mse.core.web import PUBLIC, droit, lien, render
from mse.demarche import get_demarche
from mse.ouverture.queries.fiches import map_lectures
from mse.ouverture.views import bp


@bp.get("/donnees-ouvertes")
@droit(PUBLIC)
def donnees_ouvertes() -> ResponseReturnValue:
    """Query parameters: `fiche`, a number, or `theme`, a code: what the card shows; else the météo."""
    themes = dict(list_noms_de_themes())
    theme, fiche = request.args.get("theme", ""), request.args.get("fiche", "").strip()
    carte, erreur = lien("ouverture.carte_meteo"), ""
    if fiche:
        try:
            carte = _carte_de(fiche)
        except ValueError:
            erreur = _("Aucune fiche publique n’a ce numéro. Il est dans l’adresse de sa page.")
    elif theme in themes:
        carte = lien("ouverture.carte_theme", theme_id=theme)
    return render(
        "ouverture/donnees_ouvertes.html",
        carte=carte,
        code=_write_code(carte),
        erreur=erreur,
        fiche=fiche[:20],
        theme=theme,
        themes=themes,
        par_minute=current_app.config["MSE"].api_par_minute,
    )


def _carte_de(numero: str) -> str:
    """Return the address of the card of a public fiche. Raise `ValueError`."""
    fiche_id = read_id(numero)
    if fiche_id not in map_lectures([fiche_id]):
        raise ValueError(numero)
    return lien("ouverture.carte_fiche", fiche_id=fiche_id)


def _write_code(carte: str) -> str:
    """Return the HTML to copy, as text."""
    cadre = Markup('<iframe src="{}" title="{}" width="360" height="320" loading="lazy"></iframe>')
    return str(cadre.format(carte, get_demarche().titre))
