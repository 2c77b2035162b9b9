"""The OpenAPI 3.1 document, generated from the declarations of the resources."""

import re
from functools import cache
from typing import Any

import msgspec
from flask import Response, current_app, request

from mse.core.web import PUBLIC, droit
from mse.ouverture.documents import Probleme
from mse.ouverture.limite import count_request
from mse.ouverture.views import bp
from mse.ouverture.views.ressources import JSON, RACINE, RESSOURCES, Ressource, send_json

_PART = re.compile(r"<(int:)?(\w+)>")
_ID = {"type": "integer", "minimum": 1, "maximum": 2**31 - 1}
_CODE = {"type": "string", "pattern": "^[0-9A-Za-z_-]{1,40}$"}


@bp.get(f"{RACINE}/openapi.json")
@droit(PUBLIC)
def openapi() -> Response:
    count_request(request.remote_addr, current_app.config["MSE"].api_par_minute)
    return send_json(_describe(current_app.config["MSE"].url))


@cache
def _describe(url: str) -> dict[str, Any]:
    """Return the document. `url`: that of the instance."""
    types = [Probleme, *(une.reponse for une in RESSOURCES)]
    schemas, components = msgspec.json.schema_components(types, ref_template="#/components/schemas/{name}")
    reponses = schemas[1:]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Mission (im)possible",
            "version": "1",
            "description": "Les données publiques de la démarche, en lecture seule et sans clé.",
        },
        "servers": [{"url": url}],
        "paths": {
            RACINE + _PART.sub(r"{\2}", une.chemin): {"get": _operation(une, schema)}
            for une, schema in zip(RESSOURCES, reponses, strict=True)
        },
        "components": {"schemas": components},
    }


def _operation(une: Ressource, schema: dict[str, Any]) -> dict[str, Any]:
    dans_le_chemin = [
        {"name": nom, "in": "path", "required": True, "schema": _ID if entier else _CODE}
        for entier, nom in _PART.findall(une.chemin)
    ]
    dans_la_demande = [
        {
            "name": parametre.nom,
            "in": "query",
            "schema": dict(parametre.schema),
            "description": str(parametre.description),
        }
        for parametre in une.parametres
    ]
    return {
        "operationId": une.nom,
        "summary": str(une.resume),
        "parameters": [*dans_le_chemin, *dans_la_demande],
        "responses": {
            "200": {
                "description": "OK",
                "headers": {"ETag": {"schema": {"type": "string"}}, "Link": {"schema": {"type": "string"}}},
                "content": {JSON: {"schema": schema}},
            },
            "304": {"description": "Rien n’a changé depuis l’ETag donné."},
            **{str(status): _error(mot) for status, mot in _list_errors(une).items()},
        },
    }


def _list_errors(une: Ressource) -> dict[int, str]:
    erreurs = {
        400: "Un paramètre n’est pas valable.",
        404: "Cette ressource n’existe pas.",
        406: "Le format demandé n’existe pas.",
        429: "Trop de demandes\u202f: attendez le nombre de secondes de Retry-After.",
    }
    return {**erreurs, 410: "Le texte a été retiré."} if une.retirable else erreurs


def _error(description: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Probleme"}
    return {"description": description, "content": {"application/problem+json": {"schema": schema}}}
