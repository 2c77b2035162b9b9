"""Health endpoints for machines: probe of a reverse proxy, Prometheus."""

from typing import Any

from flask import Response, abort, current_app, jsonify
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST

from mse.accueil import health
from mse.accueil.metriques import write_metriques
from mse.accueil.views import bp
from mse.annuaire.policies import est_administrateur
from mse.core.web import PUBLIC, droit, moi
from mse.core.web.access import ConnexionRequise
from mse.core.web.bearer import bears


@bp.get("/healthz")
@droit(PUBLIC)
def healthz() -> ResponseReturnValue:
    """Return 503 only if the database fails; include details for administrators."""
    alive = health.database_answers()
    etat: dict[str, Any] = {"etat": "ok" if alive else "base de données indisponible"}
    if alive and est_administrateur(moi()):
        etat.update(health.details())
    response = jsonify(etat)
    response.headers["Cache-Control"] = "no-store"
    return response, 200 if alive else 503


@bp.get("/metrics")
@droit(PUBLIC)
def metriques() -> ResponseReturnValue:
    """Return the metrics at the default path of Prometheus, to administrators and to bearers of the
    instance's token."""
    if not (bears(current_app.config["MSE"].jeton_metriques) or est_administrateur(moi())):
        if moi() is None:
            raise ConnexionRequise
        abort(403)
    response = Response(write_metriques(), content_type=CONTENT_TYPE_LATEST)
    response.headers["Cache-Control"] = "no-store"
    return response
