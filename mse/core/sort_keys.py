"""French alphabetical order: a stored key that both databases sort byte by byte, whatever their collation."""

import re
from typing import Any, ClassVar

from sqlalchemy import Text, event
from sqlalchemy.orm import Mapped, mapped_column

from mse.core.text import fold

_BYTES = Text().with_variant(Text(collation="C"), "postgresql")
_NUMBER = re.compile(r"[0-9]+")
_DIGITS = 8  # numbers are padded, so that «Groupe 2» comes before «Groupe 10»


def sort_key(*names: str) -> str:
    """Return the sort key of one or more names, the most significant first.
    Accents, case and punctuation are ignored."""
    return "\t".join(_NUMBER.sub(_pad, " ".join(fold(name).split())) for name in names)


def _pad(number: re.Match[str]) -> str:
    return number[0].lstrip("0").zfill(_DIGITS)


class SortedByName:
    """Mixin for models that are listed by name: `order_by(Model.tri, Model.id)`."""

    SORTED_BY: ClassVar[tuple[str, ...]]

    tri: Mapped[str] = mapped_column(_BYTES, server_default="")


@event.listens_for(SortedByName, "before_insert", propagate=True)
@event.listens_for(SortedByName, "before_update", propagate=True)
def _fill_sort_key(_mapper: Any, _connection: Any, row: SortedByName) -> None:
    row.tri = sort_key(*(getattr(row, name) for name in row.SORTED_BY))
