"""Words that are the same for every reader are set when a template is compiled, not at each page."""

from collections.abc import Iterator

from jinja2 import Environment
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from mse.core.textes import HAS_CATALOGUES, translate

_CALL = ("name", "lparen", "string", "rparen")


class ConstantWords(Extension):
    """`_("Se connecter")` becomes its text; what has variables, `_("%(n)s jours", n=…)`, stays a call.

    A page has some sixty of them: calling costs more than reading its rows from the database.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        tokens = list(stream)
        place = 0
        while place < len(tokens):
            four = tokens[place : place + len(_CALL)]
            if four[0].value == "_" and tuple(token.type for token in four) == _CALL:
                yield Token(four[0].lineno, "string", translate(four[2].value) % {})
                place += len(_CALL)
            else:
                yield four[0]
                place += 1


def set_words(environment: Environment) -> None:
    """With catalogues the words depend on the reader: they stay calls."""
    if not HAS_CATALOGUES:
        environment.add_extension(ConstantWords)
