"""Refuse an action before its form is shown, instead of after the user has typed a text."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from mse.core.errors import TransitionInterdite

View = Callable[..., ResponseReturnValue]


def refuse_early(check: Callable[[Any], object], *, page: str) -> Callable[[View], View]:
    """Call `check` with the loaded object before a GET of the form. If it raises `TransitionInterdite`,
    redirect to `page`, an endpoint whose arguments the URL has, and show the sentence there.

    On a POST the use case refuses, and the typed text is shown again.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def run(objet: Any, **rest: Any) -> ResponseReturnValue:
            if request.method == "POST":
                return view(objet, **rest)
            try:
                check(objet)
            except TransitionInterdite as refusal:
                flash(str(refusal), "info")
                return redirect(_find_url(page), 303)
            return view(objet, **rest)

        return run

    return decorate


def _find_url(page: str) -> str:
    named = request.view_args or {}
    rules = current_app.url_map.iter_rules(page)
    arguments = next(rule.arguments for rule in rules if rule.arguments <= named.keys())
    return url_for(page, **{name: named[name] for name in arguments})
