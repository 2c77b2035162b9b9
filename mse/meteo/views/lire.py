"""The weather of a territoire, what it is made of, and the proof of each figure."""

from typing import Any

from flask import abort, request

from mse.annuaire.models import DELAI_ELECTION, Territoire, designer
from mse.annuaire.queries import list_noms_de_themes
from mse.core.textes import _
from mse.core.web import PUBLIC, droit, render
from mse.demarche import get_demarche
from mse.meteo.carte import dessiner
from mse.meteo.libelles import MESURES, NIVEAUX, QUESTIONS, K, N, dire_progres
from mse.meteo.mesures import Mesure
from mse.meteo.queries.chiffres import list_enfants, list_fins_de_mois, read_coupes, read_releves
from mse.meteo.queries.preuves import read_preuve
from mse.meteo.views import bp
from mse.meteo.views.demande import Demande, find_territoire, read_demande, read_etats

MOIS = 12  # of history


@bp.get("/meteo")
@droit(PUBLIC)
def racine() -> Any:
    return _page(find_territoire(get_demarche().region))


@bp.get("/meteo/<territoire_id>")
@droit(PUBLIC)
def territoire(territoire_id: str) -> Any:
    return _page(find_territoire(territoire_id))


@bp.get("/meteo/definition")
@droit(PUBLIC)
def definition() -> Any:
    return render(
        "meteo/definition.html",
        reglages=get_demarche().meteo,
        mesures=_mesures(),
        niveaux=NIVEAUX,
        delai=DELAI_ELECTION.days,
    )


@bp.get("/meteo/<territoire_id>/<mesure>")
@droit(PUBLIC)
def preuve(territoire_id: str, mesure: str) -> Any:
    lieu = find_territoire(territoire_id)
    if mesure not in [une.value for une in Mesure]:
        abort(404)
    demande, une = read_demande(), Mesure(mesure)
    page = max(request.args.get("page", 1, type=int), 1)
    lue = read_preuve(une, lieu.code, demande.jour, demande.fenetre, page)
    return render(
        "meteo/preuve.html",
        lieu=lieu,
        demande=demande,
        mesure=une,
        mots=_mesures()[une],
        preuve=lue,
        designer=designer,
        progres=dire_progres(une, lue.chiffre),
    )


def _page(lieu: Territoire) -> Any:
    demande = read_demande()
    enfants = list_enfants(lieu.code)
    present, *autres = read_etats([lieu, *enfants], demande)
    fins = list_fins_de_mois(demande.jour, MOIS)
    histoire = read_releves([lieu.code], fins) if demande.est_gardee else {}
    return render(
        "meteo/territoire.html",
        lieu=lieu,
        demande=demande,
        present=present,
        enfants=tuple(autres),
        carte=dessiner(tuple((enfant.code, enfant.nom) for enfant in enfants)),
        points=[(fin, histoire[lieu.code, fin]) for fin in fins] if histoire else [],
        coupes=_coupes(lieu.code, demande) if demande.est_gardee else {},
        mesures=_mesures(),
        niveaux=NIVEAUX,
        reglages=get_demarche().meteo,
        dire_progres=dire_progres,
    )


def _coupes(code: str, demande: Demande) -> dict[str, list[tuple[str, Any]]]:
    """Écoute and résolution by thème and by kind of acteur, as (words, figures)."""
    lues = read_coupes(code, demande.jour)
    themes = [(libelle, lues.get(f"theme:{theme}")) for theme, libelle in list_noms_de_themes()]
    natures = [
        (_("Les services"), lues.get("nature:service")),
        (_("Les organismes"), lues.get("nature:organisme")),
    ]
    return {
        "themes": [(mots, chiffres) for mots, chiffres in themes if chiffres],
        "natures": [(mots, chiffres) for mots, chiffres in natures if chiffres],
    }


def _mesures() -> dict[Mesure, dict[str, str]]:
    """Their words, with the figures of the settings in them."""
    variables = {"delai": DELAI_ELECTION.days, "activite": get_demarche().meteo.activite_initiative}
    return {
        mesure: {
            "nom": str(MESURES[mesure]),
            "question": str(QUESTIONS[mesure]),
            "n": str(N[mesure]) % variables,
            "k": str(K[mesure]) % variables,
        }
        for mesure in Mesure
    }
