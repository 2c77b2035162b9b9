"""The search port: ids of the documents that hold some stems, with one adapter for each database.

Both read the same stems from `recherche_documents` and give the same answer.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, String, bindparam, column, literal_column, select, table
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.sql.expression import cast

from mse.core.database import first
from mse.recherche.models import PLEIN_TEXTE

_TABLE = table(PLEIN_TEXTE, column("id"), column("rowid"), column("vecteur"))
CHERCHES = "cherches"  # bound parameter: the expression that `write_expression` returns


def select_ids(dialect: str, limit: int) -> Select[Any]:
    """Return the SELECT of the ids of matching documents, greatest first, at most `limit`.

    On PostgreSQL the expression is rendered into the statement: the plan depends on how frequent its words
    are, and PostgreSQL would keep one plan for all values of a parameter.
    """
    if dialect == "sqlite":
        ids = select(_TABLE.c.rowid.label("id")).where(column(PLEIN_TEXTE).op("MATCH")(bindparam(CHERCHES)))
        return first(ids.order_by(literal_column("rowid").desc()), limit)
    expression = cast(bindparam(CHERCHES, type_=String, literal_execute=True), TSQUERY)
    ids = select(_TABLE.c.id).where(_TABLE.c.vecteur.op("@@")(expression))
    return first(ids.order_by(_TABLE.c.id.desc()), limit)


def write_expression(dialect: str, groups: Sequence[Sequence[str]], tokens: Sequence[str]) -> str:
    """Return the expression that finds the documents with, for each group, at least one of its stems, and
    with all filter `tokens`. Stems and tokens are made of `a-z0-9` only."""
    if dialect == "sqlite":
        mots = [" OR ".join(f'"{stem}"' for stem in group) for group in groups]
        parts = [f"{{titre texte}}:({mot})" for mot in mots] + [f'reperes:"{un}"' for un in tokens]
        return " AND ".join(parts)
    parts = [f"({' | '.join(f'{stem}:AD' for stem in group)})" for group in groups]
    return " & ".join([*parts, *(f"{un}:C" for un in tokens)])
