"""The figures for other programs and for spreadsheets, with every k and n."""

from collections.abc import Sequence

from flask import Response, jsonify

from mse.annuaire.models import Territoire
from mse.core.csv_writing import write_csv
from mse.core.textes import _
from mse.core.web import PUBLIC, droit
from mse.demarche import get_demarche
from mse.meteo.etats import Etat
from mse.meteo.libelles import MESURES, NIVEAUX
from mse.meteo.mesures import Mesure
from mse.meteo.queries.chiffres import list_enfants
from mse.meteo.views import bp
from mse.meteo.views.demande import Demande, find_territoire, read_demande, read_etats


@bp.get("/meteo.json")
@droit(PUBLIC)
def json_racine() -> Response:
    return _json(find_territoire(get_demarche().region))


@bp.get("/meteo/<territoire_id>.json")
@droit(PUBLIC)
def json_territoire(territoire_id: str) -> Response:
    return _json(find_territoire(territoire_id))


@bp.get("/meteo.csv")
@droit(PUBLIC)
def csv_racine() -> Response:
    return _csv(find_territoire(get_demarche().region))


@bp.get("/meteo/<territoire_id>.csv")
@droit(PUBLIC)
def csv_territoire(territoire_id: str) -> Response:
    return _csv(find_territoire(territoire_id))


def _lignes(lieu: Territoire) -> tuple[Demande, list[Etat]]:
    demande = read_demande()
    return demande, read_etats([lieu, *list_enfants(lieu.code)], demande)


def _json(lieu: Territoire) -> Response:
    demande, etats = _lignes(lieu)
    return jsonify(
        jour=demande.jour.isoformat(),
        fenetre=demande.fenetre,
        territoires=[
            {
                "code": etat.code,
                "nom": etat.nom,
                "niveau": etat.niveau,
                "indice": _round(etat.releve.indice),
                "fourchette": [_round(borne) for borne in etat.releve.fourchette or ()] or None,
                "tendance": etat.tendance,
                "mesures": {
                    mesure: {
                        "k": etat.releve[mesure].k,
                        "n": etat.releve[mesure].n,
                        "compte": etat.releve.compte(mesure),
                        "intervalle": [_round(borne, 4) for borne in etat.releve[mesure].intervalle or ()]
                        or None,
                    }
                    for mesure in Mesure
                },
            }
            for etat in etats
        ],
    )


def _csv(lieu: Territoire) -> Response:
    demande, etats = _lignes(lieu)
    titres = [_("territoire"), _("nom"), _("jour"), _("période en jours"), _("mesure"), "k", "n", _("compte")]
    lignes: list[Sequence[object]] = [[*titres, _("bas %"), _("haut %"), _("indice"), _("niveau")]]
    for etat in etats:
        for mesure in Mesure:
            chiffre = etat.releve[mesure]
            bas, haut = chiffre.intervalle or (None, None)
            lignes.append(
                [
                    etat.code,
                    etat.nom,
                    demande.jour.isoformat(),
                    demande.fenetre,
                    MESURES[mesure],
                    chiffre.k,
                    chiffre.n,
                    _("oui") if etat.releve.compte(mesure) else _("non"),
                    _percent(bas),
                    _percent(haut),
                    _percent(etat.releve.indice, 1),
                    NIVEAUX[etat.niveau],
                ]
            )
    response = Response(write_csv(lignes), mimetype="text/csv")
    response.headers.set(
        "Content-Disposition", "attachment", filename=f"meteo-{lieu.code}-{demande.jour}.csv"
    )
    return response


def _round(valeur: float | None, decimales: int = 2) -> float | None:
    return None if valeur is None else round(valeur, decimales)


def _percent(valeur: float | None, facteur: int = 100) -> str:
    """As a French spreadsheet reads a number."""
    return "" if valeur is None else f"{valeur * facteur:.1f}".replace(".", ",")
