"""Jinja environment: constant messages are replaced at compile time, and results of macros are cached."""

import re
from collections.abc import Callable, Hashable, Iterator, MutableMapping
from itertools import islice, takewhile
from typing import Any

from flask.templating import Environment as FlaskEnvironment
from jinja2 import pass_eval_context
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.nodes import EvalContext
from markupsafe import Markup, escape

from mse.core.cache import memoized
from mse.core.text import HAS_CATALOGUES, elide, plural, translate
from mse.core.web.links import lien, url_pattern
from mse.core.web.scripts import storage_key
from mse.core.web.static import static_url

_INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)


class NoIndentation(Extension):
    """Remove the indentation of a template at compile time, so that pages do not carry it."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return _INDENTATION.sub("", source)


class ConstantWords(Extension):
    """Replace `_("Se connecter")` by its text at compile time. Messages with variables, `_("%(n)s jours",
    n=…)`, stay calls. A long message is written as several strings, one a line: `_("Vous " "lirez")`.

    A page has about sixty constant messages; calls for them would cost more than reading its rows from the
    database.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        tokens = list(stream)
        place = 0
        while place < len(tokens):
            if message := _read_constant(tokens, place):
                text = translate("".join(message)) % {}
                yield Token(tokens[place].lineno, "string", text)
                place += len(message) + len(("_", "(", ")"))
            else:
                yield tokens[place]
                place += 1


def _read_constant(tokens: list[Token], place: int) -> list[str]:
    """Return the strings of `_("…" "…")` at `place`, or an empty list."""
    if tokens[place].value != "_" or tokens[place + 1].type != "lparen":
        return []
    inside = takewhile(lambda token: token.type == "string", islice(tokens, place + 2, None))
    strings = [token.value for token in inside]
    return strings if tokens[place + 2 + len(strings)].type == "rparen" else []


@pass_eval_context
def _gettext(context: EvalContext, message: str, **values: Any) -> str:
    return _format_message(context, translate(message), values)


@pass_eval_context
def _ngettext(context: EvalContext, singular: str, several: str, num: int, **values: Any) -> str:
    return _format_message(context, plural(singular, several, num), {"num": num, **values})


def _format_message(context: EvalContext, message: str, values: dict[str, Any]) -> str:
    """Format the message like Jinja's «newstyle» gettext, with the French elision."""
    message = elide(message, values)
    if not context.autoescape:
        return message % values
    return Markup(message % {name: escape(value) for name, value in values.items()})


class Environment(FlaskEnvironment):
    """If translation catalogues exist, messages stay calls, because they depend on the user's language."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.policies["ext.i18n.trimmed"] = True  # a sentence of `{% trans %}` stands on several lines
        self.add_extension(NoIndentation)
        if not HAS_CATALOGUES:
            self.add_extension(ConstantWords)
        self.globals.update(
            lien=lien, url_pattern=url_pattern, static_url=static_url, storage_key=storage_key
        )

    def install_words(self) -> None:
        """Install `_`, `ngettext` and `{% trans %}`. They receive no context, because Jinja copies it at each
        call inside a loop."""
        self.install_gettext_callables(translate, plural, newstyle=True)  # type: ignore[attr-defined]
        self.globals.update(_=_gettext, gettext=_gettext, ngettext=_ngettext)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return a plain dict, which Jinja copies faster: no template adds its own globals."""
        return super().make_globals(d) if d else self.globals

    def cache_macro(self, template: str, macro: str, answers: int) -> None:
        """Make `macro` available to every template and cache its last `answers` results. It must depend on
        its arguments alone (rows, days, words), never on the user."""

        @memoized(answers)
        def write(*arguments: Hashable) -> str:
            written: Callable[..., str] = getattr(self.get_template(template).module, macro)
            return written(*arguments)

        self.globals[macro] = write
