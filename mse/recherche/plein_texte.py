"""The search port: ids of the documents that hold some stems, with one adapter for each database.

Both read the same stems from `recherche_documents` and give the same answer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Function, Select, String, bindparam, column, func, literal_column, select, table
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.sql.expression import cast

from mse.core.database import first
from mse.recherche.models import PLEIN_TEXTE
from mse.recherche.tokens import MOT

_TABLE = table(PLEIN_TEXTE, column("id"), column("rowid"), column("vecteur"))
CHERCHES = "cherches"  # bound parameter: the expression that `write_expression` returns


def select_ids(dialect: str, limit: int, *, name: str = CHERCHES, **bounds: str) -> Select[Any]:
    """Return the SELECT of the ids of matching documents, greatest first, at most `limit`.

    name: of the bound parameter that holds the expression. bounds: names of bound parameters, `before`: only
    smaller ids, `since`: only ids that are not smaller.

    On PostgreSQL the expression is rendered into the statement: the plan depends on how frequent its words
    are, and PostgreSQL would keep one plan for all values of a parameter.
    """
    if dialect == "sqlite":
        id: Any = literal_column("rowid")
        ids = select(id.label("id")).select_from(_TABLE)
        ids = ids.where(column(PLEIN_TEXTE).op("MATCH")(bindparam(name)))
    else:
        id = _TABLE.c.id
        expression = cast(bindparam(name, type_=String, literal_execute=True), TSQUERY)
        ids = select(id).where(_TABLE.c.vecteur.op("@@")(expression))
    if "before" in bounds:
        ids = ids.where(id < bindparam(bounds["before"]))
    if "since" in bounds:
        ids = ids.where(id >= bindparam(bounds["since"]))
    return first(ids.order_by(id.desc()), limit)


def join_texts(dialect: str, texts: Any) -> Function[str]:
    """Return the aggregate that joins texts with spaces."""
    join = func.group_concat if dialect == "sqlite" else func.string_agg
    return join(texts, literal_column("' '"), type_=String)


@dataclass(frozen=True)
class _Language:
    """How a database writes an expression. Stems and tokens are made of `a-z0-9` only."""

    word: str
    title: str  # a word of the title
    around: str  # a word of the document, or of its thème, its place or its numbers
    token: str
    both: str
    either: str
    without: str

    def join(self, sign: str, parts: Iterable[str]) -> str:
        return f"({sign.join(parts)})"


_LANGUAGES = {
    "sqlite": _Language(
        word='{{titre texte}}:"{0}"',
        title='titre:"{0}"',
        around=f'{{{{titre texte}}}}:"{{0}}" OR filtres:"{MOT}{{0}}"',
        token='filtres:"{0}"',
        both=" AND ",
        either=" OR ",
        without=" NOT ",
    ),
    "postgresql": _Language(
        word="{0}",
        title="T{0}",
        around=f"{{0}} | F{MOT}{{0}}",
        token="F{0}",
        both=" & ",
        either=" | ",
        without=" & !",
    ),
}


def write_expression(
    dialect: str, groups: Sequence[Sequence[str]], tokens: Sequence[str], *, around: bool = False
) -> str:
    """Return the expression that finds the documents with, for each group, at least one of its stems, and
    with all filter `tokens`. With `around`, the words of their thème, place and numbers count too."""
    said = _LANGUAGES[dialect]
    word = said.around if around else said.word
    mots = [said.join(said.either, map(word.format, group)) for group in groups]
    return said.join(said.both, [*mots, *map(said.token.format, tokens)])


def rank_expressions(dialect: str, groups: Sequence[Sequence[str]], tokens: Sequence[str]) -> tuple[str, ...]:
    """Return expressions that split the same documents into classes, the best first: those with all groups in
    their title, then with some of them, then with none."""
    said = _LANGUAGES[dialect]
    titres = [said.join(said.either, map(said.title.format, group)) for group in groups]
    found, every = write_expression(dialect, groups, tokens, around=True), said.join(said.both, titres)
    some = said.join(said.either, titres)
    best = said.join(said.both, [every, *map(said.token.format, tokens)])
    last = said.join(said.without, [found, some])
    if len(groups) == 1:
        return best, last
    return best, said.join(said.without, [said.join(said.both, [found, some]), every]), last
