"""How PostgreSQL finds documents: by its index of words, which reads all of them, or from the newest document
on, which can stop early. SQLite reads its index in the order of ids and needs no choice."""

from collections.abc import Mapping
from math import sqrt

from sqlalchemy import text

from mse.core.cache import cached_for
from mse.extensions import db
from mse.recherche.models import PLEIN_TEXTE

MINUTES = 10
LEAST = 0.0005  # share of the documents; the statistics tell it badly for rarer words
DOUBT = 4  # words that stand together more often than by chance find more documents than estimated

_STATISTICS = text(
    "SELECT mot, part FROM pg_stats, "
    "unnest(CAST(CAST(most_common_elems AS text) AS text[]), most_common_elem_freqs) AS u (mot, part) "
    f"WHERE schemaname = current_schema() AND tablename = '{PLEIN_TEXTE}' AND attname = 'vecteur' "
    f"AND mot IS NOT NULL AND part > {LEAST}"
)
_DOCUMENTS = text(f"SELECT reltuples FROM pg_class WHERE oid = CAST('{PLEIN_TEXTE}' AS regclass)")


@cached_for(60 * MINUTES)
def get_shares() -> Mapping[str, float]:
    """Return the share of the documents that hold each frequent lexeme, as the statistics of PostgreSQL say.
    Empty on SQLite, and before the first ANALYZE."""
    if db.engine.dialect.name == "sqlite":
        return {}
    return {row.mot: row.part for row in db.session.execute(_STATISTICS)}


@cached_for(60 * MINUTES)
def _count_documents() -> float:
    documents: float = db.session.execute(_DOCUMENTS).scalar_one()
    return max(0.0, documents)


def choose_walk(share: float, limit: int) -> int:
    """Return the number of newest documents to read one by one for the `limit` newest that an expression
    finds, before the index of words is asked. 0 if they are too rare for that.

    If the walk does not find `limit` documents, at most `limit` / `walk` of all are left to the index of
    words: the square root makes both ways cost about the same at worst.
    """
    if not share:
        return 0
    walk = sqrt(limit * _count_documents())
    return 1 << int(walk).bit_length() if DOUBT * share * walk >= limit else 0
