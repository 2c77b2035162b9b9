"""Open311 GeoReport v2 for reading: a thème is a service, a fiche is a request."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any
from xml.etree import ElementTree

from flask import Response, abort, current_app, request
from werkzeug.exceptions import HTTPException

from mse.annuaire.queries import list_themes
from mse.core.clock import midnight, now
from mse.core.database import read_id
from mse.core.errors import ErreurMetier
from mse.core.text import _, clean
from mse.core.web import PUBLIC, droit
from mse.core.web.feeds import NOT_IN_XML
from mse.fiches.api import STATUTS, Statut
from mse.ouverture.limite import count_request
from mse.ouverture.queries.demandes import Demandees, list_demandes
from mse.ouverture.views import bp
from mse.ouverture.views.documents import adresse

RACINE = "/open311/v2"
PERIODE = timedelta(days=90)  # without ids and dates
CODES_MAX = 100  # in one list of the query string
_TYPES = {"json": "application/json", "xml": "text/xml"}
Objets = Sequence[Mapping[str, Any]]


def ressource_open311(chemin: str, racine: str, element: str) -> Callable[[Callable[..., Objets]], Any]:
    """Serve a list of objects as JSON, or as XML: `racine` holds one `element` for each object."""

    def declare(view: Callable[..., Objets]) -> Any:
        @bp.get(f"{RACINE}/{chemin}.<any(json, xml):forme>")
        @droit(PUBLIC)
        @wraps(view)
        def serve(forme: str, **url: Any) -> Response:
            try:
                count_request(request.remote_addr, current_app.config["MSE"].api_par_minute)
                return _send(forme, racine, element, view(**url))
            except ErreurMetier as error:
                response = _refuse(forme, error.status, str(error))
                if error.attente:
                    response.headers["Retry-After"] = str(error.attente)
                return response
            except HTTPException as error:
                return _refuse(
                    forme, error.code or 500, _("Cette demande n’existe pas, ou n’est plus publique.")
                )

        return serve

    return declare


def _refuse(forme: str, status: int, phrase: str) -> Response:
    response = _send(forme, "errors", "error", [{"code": status, "description": phrase}])
    response.status_code = status
    return response


def _send(forme: str, racine: str, element: str, objets: Objets) -> Response:
    if forme == "json":
        body = json.dumps(objets, ensure_ascii=False)
    else:
        arbre = ElementTree.Element(racine)
        for objet in objets:
            enfant = ElementTree.SubElement(arbre, element)
            for nom, valeur in objet.items():
                ElementTree.SubElement(enfant, nom).text = _write(valeur)
        body = '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(arbre, encoding="unicode")
    response = Response(body, content_type=f"{_TYPES[forme]}; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


def _write(valeur: Any) -> str:
    if isinstance(valeur, bool):
        return "true" if valeur else "false"
    return "" if valeur is None else NOT_IN_XML.sub(" ", str(valeur))


@ressource_open311("services", "services", "service")
def services_open311() -> Objets:
    """Return the thèmes on offer."""
    return [
        {
            "service_code": theme.code,
            "service_name": theme.libelle,
            "description": theme.libelle,
            "metadata": False,
            "type": "realtime",
            "keywords": "",
            "group": "",
        }
        for theme in list_themes()
    ]


@ressource_open311("requests", "service_requests", "request")
def demandes_open311() -> Objets:
    return [_describe(row) for row in list_demandes(_read_demandees())]


@ressource_open311("requests/<int:fiche_id>", "service_requests", "request")
def demande_open311(fiche_id: int) -> Objets:
    lues = list_demandes(Demandees(ids=[fiche_id]))
    if not lues:
        abort(404)
    return [_describe(row) for row in lues]


def _describe(row: Any) -> dict[str, Any]:
    """Return a fiche as a service request. Its place is a town in words: no coordinates, no street."""
    echeance = midnight(row.prochaine_echeance) if row.prochaine_echeance else None
    return {
        "service_request_id": str(row.id),
        "status": "open" if row.statut == Statut.EN_COURS else "closed",
        "status_notes": str(STATUTS[row.statut]),
        "service_name": row.theme,
        "service_code": row.theme_code,
        "description": f"{row.titre}\n\n{row.probleme}",
        "agency_responsible": row.responsable,
        "service_notice": adresse("fiches.detail", row.id),
        "requested_datetime": _instant(row.deposee_le),
        "updated_datetime": _instant(max(row.derniere_reponse_le or row.deposee_le, row.modifiee_le)),
        "expected_datetime": _instant(echeance),
        "address": row.commune,
        "address_id": None,
        "zipcode": None,
        "lat": None,
        "long": None,
        "media_url": None,
    }


def _instant(le: datetime | None) -> str | None:
    return le.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if le else None


def _read_demandees() -> Demandees:
    """Read the query string. Without ids and dates, the last 90 days. Raise `ErreurMetier` (400)."""
    try:
        ids = _list("service_request_id")
        if ids is not None:
            return Demandees(ids=[read_id(un) for un in ids])
        depuis, avant = _read_instant("start_date"), _read_instant("end_date")
        if depuis is None:
            depuis = (avant or now()) - PERIODE
        return Demandees(
            themes=_list("service_code"), depuis=depuis, avant=avant, ouvertes=_read_ouvertes(_list("status"))
        )
    except (ValueError, OverflowError) as error:
        raise ErreurMetier(
            _(
                "Un paramètre n’est pas valable. «\u202fservice_request_id\u202f» et "
                "«\u202fservice_code\u202f» sont des listes séparées par des virgules, "
                "«\u202fstatus\u202f» vaut open ou closed, une date s’écrit 2026-11-30T08:00:00Z."
            )
        ) from error


def _list(nom: str) -> list[str] | None:
    valeurs = [clean(une) for une in request.args.get(nom, "").split(",") if une]
    if len(valeurs) > CODES_MAX:
        raise ValueError(nom)
    return valeurs or None


def _read_instant(nom: str) -> datetime | None:
    texte = request.args.get(nom)
    if not texte:
        return None
    le = datetime.fromisoformat(texte)
    if not 2000 <= le.year <= 2100:
        raise ValueError(texte)
    return le if le.tzinfo else le.replace(tzinfo=UTC)


def _read_ouvertes(statuts: list[str] | None) -> bool | None:
    if statuts is None or set(statuts) == {"open", "closed"}:
        return None
    if not set(statuts) <= {"open", "closed"}:
        raise ValueError(statuts)
    return set(statuts) == {"open"}
