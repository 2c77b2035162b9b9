"""Declaration of the resources of the API, from which responses and the OpenAPI document are made."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

import msgspec
from flask import Response, abort, current_app, request

from mse.core.web import PUBLIC, droit
from mse.ouverture.limite import count_request
from mse.ouverture.parametres import Parametre, read_parametres
from mse.ouverture.views import bp

RACINE = "/api/v1"
JSON = "application/json"


@dataclass(frozen=True, kw_only=True)
class Ressource:
    """A resource of the API. `chemin`: its path below `RACINE`. `retirable`: an element may be withdrawn
    (410)."""

    chemin: str
    nom: str  # of the view
    resume: object
    reponse: Any  # type of the document
    parametres: Sequence[Parametre]
    retirable: bool


RESSOURCES: list[Ressource] = []


def ressource(
    chemin: str,
    *,
    reponse: Any,
    resume: object,
    parametres: Sequence[Parametre] = (),
    retirable: bool = False,
) -> Callable[[Callable[..., Any]], Callable[..., Response]]:
    """Declare a public resource. The view receives the parts of the path and the query parameters, and
    returns a document of the type `reponse`; or the document and its headers."""

    def declare(view: Callable[..., Any]) -> Callable[..., Response]:
        RESSOURCES.append(
            Ressource(
                chemin=chemin,
                nom=view.__name__,
                resume=resume,
                reponse=reponse,
                parametres=parametres,
                retirable=retirable,
            )
        )

        @bp.get(RACINE + chemin)
        @droit(PUBLIC)
        @wraps(view)
        def serve(**url: Any) -> Response:
            count_request(request.remote_addr, current_app.config["MSE"].api_par_minute)
            if request.accept_mimetypes and not request.accept_mimetypes[JSON]:
                abort(406)
            valeurs = read_parametres(parametres, dict(request.args.lists()))
            return send_json(view(**url, **valeurs))

        return serve

    return declare


def send_json(document: Any) -> Response:
    """Return the document, or 304 if the client has it. Caches ask each time: a text may be masked."""
    response = Response(msgspec.json.encode(document), mimetype=JSON)
    suivante = getattr(document, "suivante", None)
    if suivante:
        response.headers["Link"] = f'<{suivante}>; rel="next"'
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag(weak=True)
    response.make_conditional(request)
    return response
