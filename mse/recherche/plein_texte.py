"""The search port: ids of the documents that an expression finds, with one adapter for each database.

Both read the same stems from `recherche_documents` and give the same answer.
"""

from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    BindParameter,
    ColumnElement,
    Function,
    Select,
    String,
    Subquery,
    TableClause,
    bindparam,
    column,
    func,
    literal_column,
    select,
    table,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.sql.expression import cast

from mse.core.database import first
from mse.recherche.models import PLEIN_TEXTE

_TABLE = table(PLEIN_TEXTE, column("id"), column("rowid"), column("vecteur"))
CHERCHES = "cherches"  # bound parameter: the expression
Source = TableClause | CTE


def select_ids(
    dialect: str,
    limit: int,
    *,
    walk: int = 0,
    source: Source = _TABLE,
    within: bool = False,
    name: str = CHERCHES,
    **bounds: str,
) -> Select[Any]:
    """Return the SELECT of the ids of matching documents, greatest first, at most `limit`.

    walk: number of documents that PostgreSQL reads from the newest one, before it asks its index of words
        for the rest (see `choose_walk`).
    source: the result of `select_found` on PostgreSQL, if several statements read it.
    within: only between the parameters of `read_span`.
    name: of the bound parameter that holds the expression.
    bounds: names of bound parameters, `before`: only smaller ids, `since`: only ids that are not smaller.
    """
    if dialect == "sqlite":
        rowid: Any = literal_column("rowid")
        ids = select(rowid.label("id")).select_from(_TABLE)
        ids = ids.where(column(PLEIN_TEXTE).op("MATCH")(bindparam(name)), *_between(rowid, within, **bounds))
        return first(ids.order_by(rowid.desc()), limit)
    if walk:
        return _walk(limit, walk, within, name, **bounds)
    key = _unordered(source.c.id)
    ids = select(source.c.id).where(_matches(source, name), *_between(key, within, **bounds))
    return first(ids.order_by(key.desc()), limit)


def select_found() -> CTE:
    """Return all documents between the parameters of `read_span` that the index of words of PostgreSQL
    finds, for `source`."""
    columns = select(_TABLE.c.id, _TABLE.c.vecteur)
    found = columns.where(_matches(_TABLE, CHERCHES), *_between(_unordered(_TABLE.c.id), within=True))
    return found.cte("trouves")


def _walk(limit: int, walk: int, within: bool, name: str, **bounds: str) -> Select[Any]:
    """PostgreSQL reads the second part of UNION ALL, then its index of words, only if the first part does not
    fill the limit."""
    order = _TABLE.c.id.desc()
    between = _between(_TABLE.c.id, within, **bounds)
    newest = first(select(_TABLE.c.id, _TABLE.c.vecteur).where(*between).order_by(order), walk).subquery()
    last = select(_TABLE.c.id).where(*between).order_by(order).offset(literal_column(str(walk - 1)))
    border = first(last, 1).subquery()  # no row if the walk read all documents
    key = _unordered(_TABLE.c.id)
    older = select(_TABLE.c.id).where(
        _matches(_TABLE, name), key < border.c.id, *_between(key, within, **bounds)
    )
    rest = first(older.order_by(key.desc()), limit).lateral()
    every = union_all(
        select(newest.c.id).where(_matches(newest, name)),
        select(rest.c.id).select_from(border.join(rest, true())),
    ).subquery()
    return first(select(every.c.id), limit)


def _unordered(id: Any) -> ColumnElement[int]:
    """Return the id as an expression that no index of PostgreSQL holds, so that it begins with its index of
    words."""
    key: ColumnElement[int] = id + literal_column("0")
    return key


def _between(id: Any, within: bool = False, before: str = "", since: str = "") -> list[ColumnElement[bool]]:
    conditions = [id >= _bound("debut"), id < _bound("fin")] if within else []
    conditions += [id < _bound(before)] if before else []
    return conditions + ([id >= _bound(since)] if since else [])


def _bound(name: str) -> BindParameter[int]:
    return bindparam(name, type_=BigInteger)


def _matches(source: Source | Subquery, name: str) -> ColumnElement[bool]:
    expression = cast(bindparam(name, type_=String), TSQUERY)
    matches: ColumnElement[bool] = source.c.vecteur.op("@@")(expression)
    return matches


def join_texts(dialect: str, texts: Any) -> Function[str]:
    """Return the aggregate that joins texts with spaces."""
    join = func.group_concat if dialect == "sqlite" else func.string_agg
    return join(texts, literal_column("' '"), type_=String)
