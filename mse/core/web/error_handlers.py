"""Error handlers: every refusal becomes a page with a sentence, and the typed text is shown again."""

import logging
from collections.abc import Callable

from flask import Flask, flash, g, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, IntegrityError
from werkzeug.exceptions import (
    HTTPException,
    InternalServerError,
    RequestEntityTooLarge,
    SecurityError,
)
from werkzeug.wrappers import Response as BaseResponse

from mse.core.errors import Conflit, DonneeInvalide, ErreurMetier
from mse.core.files.store import PlusDePlace, is_disk_full
from mse.core.text import _
from mse.core.web.access import PUBLIC, ConnexionRequise, get_rule, moi
from mse.core.web.files import octets_max
from mse.core.web.problems import is_api, problem
from mse.core.web.resubmission import RIEN_FAIT, show_form_again, typed_fields
from mse.core.web.scripts import is_script, refuse_script, renew_token
from mse.extensions import db

logger = logging.getLogger(__name__)


def init_app(app: Flask, sign_in_page: Callable[..., BaseResponse]) -> None:
    """Register the error handlers. `sign_in_page(suite, fields, url)` renders the sign-in form."""

    @app.errorhandler(ConnexionRequise)
    def _on_sign_in_required(_error: ConnexionRequise) -> BaseResponse:
        return _show_sign_in(sign_in_page)

    @app.errorhandler(CSRFError)
    def _on_expired_token(_error: CSRFError) -> BaseResponse:
        if moi() is None and request.endpoint and get_rule(app, request.endpoint) is not PUBLIC:
            return _show_sign_in(sign_in_page)
        if is_script():
            return refuse_script(400, _("Votre connexion a changé."), renew_token())
        if moi() is None:
            phrase = _("Votre session est terminée, ou cette page est trop ancienne. Vérifiez, puis envoyez.")
        else:  # the user signed in again meanwhile, in this window or another
            phrase = _("Votre connexion a changé depuis l’ouverture de cette page. Vérifiez, puis envoyez.")
        return _show_again(400, phrase, sans_page=str(RIEN_FAIT))

    @app.errorhandler(ErreurMetier)
    def _on_refusal(error: ErreurMetier) -> BaseResponse:
        db.session.rollback()
        if is_script() and not is_api():
            actuel = error.actuel if isinstance(error, Conflit) else None
            return refuse_script(error.status, str(error), actuel and {"actuel": actuel})
        if request.method != "POST":
            return _wait(_error_page(error.status, str(error), titre=error.titre), error)
        # After a conflict the form carries the new version: sending it again is a deliberate choice.
        without = "version" if isinstance(error, Conflit) else ""
        champ = error.champ if isinstance(error, DonneeInvalide) else ""
        return _wait(_show_again(error.status, str(error), without=without, champ=champ), error)

    @app.errorhandler(DBAPIError)
    def _on_database_error(error: DBAPIError) -> BaseResponse:
        db.session.rollback()
        logger.error("database: %s", type(error.orig).__name__, exc_info=error)
        if isinstance(error, IntegrityError):
            return _show_again(
                409, _("Quelqu’un d’autre vient d’enregistrer la même chose. Vérifiez, puis recommencez.")
            )
        if request.method != "POST":
            return _error_page(503, "", sobre=True)
        return _show_again(
            503, _("Rien n’a pu être enregistré pour le moment. Votre texte est gardé : réessayez.")
        )

    @app.errorhandler(OSError)
    def _on_disk_error(error: OSError) -> BaseResponse:
        """Return the error page if the disk is full while an upload is received."""
        if not is_disk_full(error):
            raise error
        logger.error("the disk is full")
        return _error_page(503, str(PlusDePlace()))

    @app.errorhandler(RequestEntityTooLarge)
    def _on_too_large(error: RequestEntityTooLarge) -> BaseResponse:
        """Show the form again, if it accepts files. A visitor gets the sign-in page."""
        if octets_max() is None or request.method != "POST":
            return _on_http_error(error)
        if moi() is None:
            return _show_sign_in(sign_in_page)
        return _show_again(
            413,
            _(
                "Cet envoi est trop lourd : choisissez un fichier plus petit ; "
                "s’il y en a plusieurs, envoyez-les un par un."
            ),
        )

    app.register_error_handler(HTTPException, _on_http_error)


def _wait(response: BaseResponse, error: ErreurMetier) -> BaseResponse:
    if error.attente:
        response.headers["Retry-After"] = str(error.attente)
    return response


def _show_again(
    status: int, phrase: str, *, without: str = "", sans_page: str = "", champ: str = ""
) -> BaseResponse:
    """Show the form again, filled; a plain page if the form cannot be shown."""
    if is_script():
        return refuse_script(status, phrase)
    fields = [(name, value) for name, value in typed_fields() if name != without]
    try:
        return show_form_again(
            request.path,
            fields,
            message=phrase,
            sans_page=sans_page,
            categorie="erreur",
            status=status,
            champ=champ,
        )
    except ConnexionRequise:
        return _error_page(401, "")
    except HTTPException as error:
        return _on_http_error(error)
    except (ErreurMetier, DBAPIError):
        return _error_page(status, phrase, sobre=True)


def _on_http_error(error: HTTPException) -> BaseResponse:
    if error.response is not None:
        return make_response(error.response)
    if isinstance(error, SecurityError):  # untrusted Host header: no URL may be built from it
        return BaseResponse(_("Ce site ne répond pas à cette adresse."), 400, mimetype="text/plain")
    response = _error_page(error.code or 500, "", sobre=isinstance(error, InternalServerError))
    for name, value in error.get_headers():
        if name.lower() != "content-type":
            response.headers[name] = value
    return response


def _show_sign_in(sign_in_page: Callable[..., BaseResponse]) -> BaseResponse:
    db.session.rollback()
    if is_script():
        return refuse_script(401, _("Votre session est terminée."))
    if request.method == "GET":
        return sign_in_page(suite=request.full_path.rstrip("?"), fields=[], url="")
    fields = typed_fields()
    if fields:
        phrase = _("Votre session est terminée. Connectez-vous : ce que vous avez écrit est gardé.")
    else:
        phrase = _("Votre session est terminée : rien n’a été fait. Connectez-vous, puis recommencez.")
    flash(phrase, "info")
    return sign_in_page(suite="", fields=fields, url=request.path)


def _typed_texts() -> list[str]:
    """Return the long texts of the refused request. An error page without a form shows them, so that the user
    can copy them."""
    return [value for _name, value in typed_fields() if len(value) >= _WORTH_COPYING]


_WORTH_COPYING = 40  # minimum number of characters; shorter values are choices and numbers
_PAGES = {
    400: ("Demande incomprise", "Le site n’a pas compris cette demande."),
    401: ("Connexion nécessaire", "Connectez-vous pour voir cette page."),
    403: ("Accès refusé", "Cette page est réservée à d’autres personnes."),
    404: ("Page introuvable", "Cette page n’existe pas, ou n’existe plus."),
    405: ("Action impossible", "Cette adresse ne répond pas à ce genre de demande."),
    406: ("Format inconnu", "Cette adresse ne donne pas le format demandé."),
    409: ("Entre-temps…", "Quelqu’un d’autre a agi avant vous."),
    410: ("Page retirée", "Cette page a été retirée."),
    413: (
        "Envoi trop lourd",
        "Ce que vous avez envoyé est trop lourd. Raccourcissez votre texte, puis recommencez.",
    ),
    422: ("Demande refusée", "Cette demande n’est pas valable."),
    429: (
        "Trop de demandes",
        "Il y a eu trop de demandes en peu de temps. Attendez un peu, puis recommencez.",
    ),
    500: (
        "Erreur de notre part",
        "Le site a rencontré une erreur. Elle a été notée. Réessayez dans un instant.",
    ),
    503: ("Site très occupé", "Le site ne peut pas répondre pour le moment. Réessayez dans un instant."),
}


def _error_page(status: int, phrase: str, *, titre: str = "", sobre: bool = False) -> BaseResponse:
    g.sobre = sobre = sobre or status >= 500
    titre_commun, defaut = _PAGES.get(status, _PAGES[400 if status < 500 else 500])
    if is_api():
        return problem(status, _(titre or titre_commun), phrase or _(defaut))
    if is_script():
        return refuse_script(status, phrase or _(defaut))
    html = render_template(
        "erreurs/erreur.html",
        code=status,
        titre=_(titre or titre_commun),
        est_un_lien=bool(titre),
        phrase=phrase or _(defaut),
        textes=_typed_texts() if status in (403, 404, 409, 410) else [],
        sobre=sobre,
    )
    return make_response(html, status)
