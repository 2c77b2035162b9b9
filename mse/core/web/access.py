"""Access control: every view declares its permission with `@droit`; the default is to deny."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Flask, abort, flash, make_response, redirect, request
from flask_login import current_user

from mse.core.errors import Interdit
from mse.core.web.seen import read_return

Rule = Callable[..., bool]
Loader = Callable[..., Any]
Explanation = Callable[..., str | None]
Refusal = Callable[[Any], tuple[str, int]]


class ConnexionRequise(Exception):
    """A visitor opens a page that requires an account. Answered by the sign-in page, 401."""


def PUBLIC(*_args: Any) -> bool:
    """Everybody, with or without an account."""
    return True


def CONNECTE(compte: Any, *_args: Any) -> bool:
    """Every signed-in user."""
    return compte is not None


def moi() -> Any:
    """Return the signed-in Compte, or None. The only place that unwraps Flask-Login's proxy."""
    person = current_user._get_current_object()
    return person.compte if person.is_authenticated else None


def droit(
    rule: Rule,
    *,
    sur: Loader | None = None,
    sinon: Explanation | None = None,
    refus: Refusal | None = None,
    parti: object = None,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare the permission of a view: `rule(compte)`, or `rule(compte, objet)` with a loader `sur`.

    `sur(compte, **url_arguments)` returns the object that the view receives in place of the ids of its URL,
    or None if the object is missing or invisible. Invisible is 404, not allowed is 403, not signed in is the
    sign-in page (401). `sinon(compte, objet)` may return a sentence that explains why a permission held a
    moment ago has ended. `refus(compte)` renders the page shown, for GET, to a person without the permission:
    who has it, and what this person can do instead. `parti`: the message if the same `SuppressionForm` is
    sent again, after the object has been deleted.
    """

    def declare(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def checked_view(**url: Any) -> Any:
            if rule is PUBLIC and sur is None:  # static files are served even if the database is down
                return view(**url)
            compte = moi()
            if refus is not None and request.method in ("GET", "HEAD") and not rule(compte):
                return make_response(refus(compte)[0], 401 if compte is None else 403)
            if rule is not PUBLIC and compte is None:
                raise ConnexionRequise
            if sur is None:
                if not rule(compte):
                    abort(403)
                return view(**url)
            rest = {name: value for name, value in url.items() if not name.endswith("_id")}
            objet = sur(compte, **url)
            if objet is None:
                retour = read_return() if parti and compte is not None and request.method == "POST" else None
                if retour is None:
                    abort(404)
                flash(str(parti), "info")
                return redirect(retour, 303)
            if not rule(compte, objet):
                phrase = sinon(compte, objet) if sinon else None
                if phrase:
                    raise Interdit(phrase)
                abort(403)
            return view(objet, **rest)

        checked_view.droit = rule  # type: ignore[attr-defined]
        return checked_view

    return declare


def get_rule(app: Flask, endpoint: str) -> Rule | None:
    return getattr(app.view_functions[endpoint], "droit", None)


def deny_by_default(app: Flask) -> None:
    """Deny every request to a view without `@droit` (403)."""

    @app.before_request
    def _refuse_undeclared() -> None:
        if request.endpoint and get_rule(app, request.endpoint) is None:
            abort(403)
