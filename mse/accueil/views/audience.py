"""Audience: page views counted without cookie, IP address or data about the browser."""

import logging
from typing import Any

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError

from mse.accueil.passages import Compteur
from mse.accueil.policies import peut_voir_audience
from mse.accueil.queries import read_audience
from mse.accueil.use_cases import noter_audience
from mse.accueil.views import bp
from mse.core.clock import today
from mse.core.web import droit, render, write_afterwards

logger = logging.getLogger(__name__)


@bp.get("/audience")
@droit(peut_voir_audience)
def audience() -> ResponseReturnValue:
    return render("accueil/audience.html", audience=read_audience(le=today()))


@bp.record_once
def _create_counter(state: Any) -> None:
    state.app.extensions["audience"] = Compteur()


@bp.after_app_request
def _compter(response: Response) -> Response:
    """Count a document opened in a browser; most programs do not send `Sec-Fetch-Dest`. It also
    reads whether the visitor comes from another page of this site."""
    headers = request.headers
    if (
        request.method == "GET"
        and response.status_code == 200
        and response.mimetype == "text/html"
        and headers.get("Sec-Fetch-Dest") == "document"
        and "Sec-Purpose" not in headers  # do not count a prefetch: the person may not open it
    ):
        compteur: Compteur = current_app.extensions["audience"]
        passages = compteur.compter(today(), visite=headers.get("Sec-Fetch-Site") != "same-origin")
        if passages:
            try:
                with write_afterwards():
                    noter_audience(passages)
            except DBAPIError:
                compteur.rendre(passages)
                logger.warning("the audience was not written")
    return response
