"""Pages: the weather of a territoire and its children, the definition, and the facts behind each figure."""

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from mse.core.web import PUBLIC, droit, moi, render
from mse.demarche import get_demarche
from mse.meteo.libelles import MESURES, NIVEAUX, QUESTIONS, K, N, dire_progres
from mse.meteo.mesures import Mesure
from mse.meteo.queries.lieux import Lieu
from mse.meteo.queries.preuves import read_preuve
from mse.meteo.queries.vues import read_vue
from mse.meteo.views import bp
from mse.meteo.views.demande import find_lieu, read_demande
from mse.representation.models import DELAI_ELECTION, designer
from mse.suivis.queries.cibles import list_boutons


@bp.get("/meteo")
@droit(PUBLIC)
def racine() -> ResponseReturnValue:
    return _page(find_lieu(get_demarche().territoires.racine))


@bp.get("/meteo/<territoire_id>")
@droit(PUBLIC)
def territoire(territoire_id: str) -> ResponseReturnValue:
    return _page(find_lieu(territoire_id))


@bp.get("/meteo/definition")
@droit(PUBLIC)
def definition() -> ResponseReturnValue:
    return render(
        "meteo/definition.html",
        reglages=get_demarche().meteo,
        mesures=_describe_mesures(),
        niveaux=NIVEAUX,
        delai=DELAI_ELECTION.days,
    )


@bp.get("/meteo/<territoire_id>/<mesure>")
@droit(PUBLIC)
def preuve(territoire_id: str, mesure: str) -> ResponseReturnValue:
    lieu = find_lieu(territoire_id)
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
        mots=_describe_mesures()[une],
        preuve=lue,
        designer=designer,
        progres=dire_progres(une, lue.chiffre),
    )


def _page(lieu: Lieu) -> ResponseReturnValue:
    demande = read_demande()
    calcule_le = demande.calcul.calcule_le if demande.calcul else None
    vue = read_vue(lieu, demande.jour, demande.fenetre, calcule_le)
    return render(
        "meteo/territoire.html",
        lieu=lieu,
        au_dessus=tuple(
            (nom, url_for("meteo.territoire", territoire_id=code)) for code, nom in lieu.lignee[1:]
        ),
        demande=demande,
        vue=vue,
        parametres=tuple(demande.parametres.items()),
        suivre=list_boutons(moi(), [("territoire", lieu.code)]),
    )


def _describe_mesures() -> dict[Mesure, dict[str, str]]:
    """Return the labels of each measure, with the values of the settings filled in."""
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
