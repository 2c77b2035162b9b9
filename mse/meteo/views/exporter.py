"""Exports of the figures in JSON, CSV and XLSX, with every k and n."""

from flask import Response, jsonify

from mse.core.csv_writing import write_csv
from mse.core.text import _
from mse.core.web import PUBLIC, droit
from mse.core.xlsx_writing import write_xlsx
from mse.demarche import get_demarche
from mse.meteo.etats import Etat
from mse.meteo.libelles import MESURES, NIVEAUX
from mse.meteo.mesures import Mesure
from mse.meteo.queries.lieux import Lieu
from mse.meteo.views import bp
from mse.meteo.views.demande import Demande, find_lieu, read_demande, read_etats

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LARGEURS = (11, 28, 12, 16, 16, 8, 8, 9, 8, 8, 8, 16)


@bp.get("/meteo.json")
@droit(PUBLIC)
def json_racine() -> Response:
    return _json(find_lieu(get_demarche().territoires.racine))


@bp.get("/meteo/<territoire_id>.json")
@droit(PUBLIC)
def json_territoire(territoire_id: str) -> Response:
    return _json(find_lieu(territoire_id))


@bp.get("/meteo.csv")
@droit(PUBLIC)
def csv_racine() -> Response:
    return _csv(find_lieu(get_demarche().territoires.racine))


@bp.get("/meteo/<territoire_id>.csv")
@droit(PUBLIC)
def csv_territoire(territoire_id: str) -> Response:
    return _csv(find_lieu(territoire_id))


@bp.get("/meteo.xlsx")
@droit(PUBLIC)
def xlsx_racine() -> Response:
    return _xlsx(find_lieu(get_demarche().territoires.racine))


@bp.get("/meteo/<territoire_id>.xlsx")
@droit(PUBLIC)
def xlsx_territoire(territoire_id: str) -> Response:
    return _xlsx(find_lieu(territoire_id))


def _lignes(lieu: Lieu) -> tuple[Demande, list[Etat]]:
    demande = read_demande()
    return demande, read_etats(lieu, demande)


def _json(lieu: Lieu) -> Response:
    demande, etats = _lignes(lieu)
    return jsonify(
        jour=demande.jour.isoformat(),
        fenetre=demande.fenetre,
        territoires=[
            {
                "code": etat.code,
                "nom": etat.nom,
                "niveau": etat.niveau,
                "indice": _round(etat.releve.indice, 2),
                "fourchette": [_round(borne, 2) for borne in etat.releve.fourchette or ()] or None,
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


def _csv(lieu: Lieu) -> Response:
    demande, etats = _lignes(lieu)
    return _download(write_csv(_tableau(demande, etats)), "text/csv", lieu, demande, "csv")


def _xlsx(lieu: Lieu) -> Response:
    demande, etats = _lignes(lieu)
    content = write_xlsx(_tableau(demande, etats), title=_("Météo"), widths=_LARGEURS)
    return _download(content, _XLSX, lieu, demande, "xlsx")


def _tableau(demande: Demande, etats: list[Etat]) -> list[list[str | float | None]]:
    """Return a header, then one row for each territoire and measure."""
    titres = [_("territoire"), _("nom"), _("jour"), _("période en jours"), _("mesure"), "k", "n", _("compte")]
    lignes: list[list[str | float | None]] = [[*titres, _("bas %"), _("haut %"), _("indice"), _("niveau")]]
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
                    _round(bas, facteur=100),
                    _round(haut, facteur=100),
                    _round(etat.releve.indice),
                    NIVEAUX[etat.niveau],
                ]
            )
    return lignes


def _download(content: bytes, mimetype: str, lieu: Lieu, demande: Demande, extension: str) -> Response:
    response = Response(content, mimetype=mimetype)
    name = f"meteo-{lieu.code}-{demande.jour}.{extension}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _round(valeur: float | None, decimales: int = 1, *, facteur: int = 1) -> float | None:
    return None if valeur is None else round(valeur * facteur, decimales)
