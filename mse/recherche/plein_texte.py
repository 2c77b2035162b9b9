"""The search port: ids of the documents that hold some stems, with one adapter for each database.

Both read the same stems from `recherche_documents` and give the same answer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Function,
    Select,
    String,
    bindparam,
    column,
    func,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.sql.expression import cast

from mse.core.cache import cached_for
from mse.core.database import first
from mse.extensions import db
from mse.recherche.models import PLEIN_TEXTE
from mse.recherche.tokens import MOT

_TABLE = table(PLEIN_TEXTE, column("id"), column("rowid"), column("vecteur"))
_ALL = f"SELECT 1 FROM {PLEIN_TEXTE}"
SECONDS = 60.0  # that the frequency of words is cached
CHERCHES = "cherches"  # bound parameter: the expression that `write_expression` returns


def select_ids(
    dialect: str,
    limit: int,
    *,
    frequent: bool = False,
    within: bool = False,
    name: str = CHERCHES,
    **bounds: str,
) -> Select[Any]:
    """Return the SELECT of the ids of matching documents, greatest first, at most `limit`.

    frequent: PostgreSQL may read documents from the newest one until it has enough (see `are_frequent`). Else
        it must begin with its index of words: it takes unknown words for more frequent than they are, and
        would read all documents in vain.
    within: only between the parameters of `read_span`.
    name: of the bound parameter that holds the expression.
    bounds: names of bound parameters, `before`: only smaller ids, `since`: only ids that are not smaller.

    The expression and the ids are rendered into the statement: one plan for all values reads all documents.
    """
    if dialect == "sqlite":
        id: Any = literal_column("rowid")
        ids = select(id.label("id")).select_from(_TABLE)
        ids = ids.where(column(PLEIN_TEXTE).op("MATCH")(bindparam(name)))
    else:
        id = _TABLE.c.id
        ids = select(id).where(_matches(name))
    if within:
        ids = ids.where(id >= _bound("debut"), id < _bound("fin"))
    if "before" in bounds:
        ids = ids.where(id < _bound(bounds["before"]))
    if "since" in bounds:
        ids = ids.where(id >= _bound(bounds["since"]))
    order = id if frequent or dialect == "sqlite" else id + literal_column("0")  # no index has this order
    return first(ids.order_by(order.desc()), limit)


def _bound(name: str) -> BindParameter[int]:
    return bindparam(name, type_=BigInteger, literal_execute=True)


def _matches(name: str) -> ColumnElement[bool]:
    expression = cast(bindparam(name, type_=String, literal_execute=True), TSQUERY)
    matches: ColumnElement[bool] = _TABLE.c.vecteur.op("@@")(expression)
    return matches


@cached_for(SECONDS)
def are_frequent(expressions: tuple[str, ...]) -> tuple[bool, ...]:
    """Tell for each expression whether it finds more than a hundredth of the documents, as the statistics of
    PostgreSQL say. SQLite reads its index in the order of ids and needs no choice."""
    if db.engine.dialect.name == "sqlite":
        return (False,) * len(expressions)
    found = [f"{_ALL} WHERE vecteur @@ CAST(:partie_{rank} AS tsquery)" for rank in range(len(expressions))]
    explain = text(f"EXPLAIN (FORMAT JSON) {' UNION ALL '.join([_ALL, *found])}")
    parameters = {f"partie_{rank}": expression for rank, expression in enumerate(expressions)}
    plan = db.session.execute(explain, parameters).scalar_one()[0]["Plan"]
    every, *numbers = (part["Plan Rows"] for part in plan["Plans"])
    return tuple(number * 100 > every for number in numbers)


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
