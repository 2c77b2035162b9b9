"""Find the newest fiches that hold one of some stems, for a higher capability that sorts them itself."""

from collections.abc import Mapping, Sequence

from mse.extensions import db
from mse.recherche.expressions import write_expression
from mse.recherche.frequences import choose_walk
from mse.recherche.models import Genre
from mse.recherche.plein_texte import CHERCHES, select_ids
from mse.recherche.tokens import read_id, write_filters


def list_candidates(stems: Sequence[str], choisis: Mapping[str, object], limit: int) -> list[int]:
    """Return the ids of the fiches that hold one of `stems` and pass the filters `choisis` (see
    `write_filters`), newest first. Some may be unpublished since: the caller checks."""
    if not stems:
        return []
    dialect = db.engine.dialect.name
    part = write_expression(dialect, [stems], write_filters({"genre": Genre.FICHE, **choisis}))
    statement = select_ids(dialect, limit, walk=choose_walk(part.share, limit))
    rows = db.session.execute(statement, {CHERCHES: part.expression})
    return [read_id(row.id)[1] for row in rows]
