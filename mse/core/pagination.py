"""Keyset pagination: a page costs the same wherever it lies. The cursor is the last row's key."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, literal, tuple_

from mse.core.errors import DonneeInvalide
from mse.core.textes import _

T = TypeVar("T")
PAGE_SIZE = 25


@dataclass(frozen=True)
class Cursor:
    """(instant, id) of the last row shown; written in the URL as `microseconds-id`."""

    instant: datetime
    id: int

    @classmethod
    def parse(cls, text: str) -> "Cursor | None":
        """Raises `DonneeInvalide` on anything that this class did not write."""
        if not text:
            return None
        try:
            micros, row_id = (int(part) for part in text.split("-"))
            if not 0 < row_id < 2**62:
                raise ValueError
            return cls(
                datetime.fromtimestamp(micros // 1_000_000, UTC).replace(microsecond=micros % 1_000_000),
                row_id,
            )
        except (ValueError, OverflowError, OSError) as error:
            raise DonneeInvalide(_("L’adresse de cette page de la liste n’est pas valable.")) from error

    def __str__(self) -> str:
        return f"{int(self.instant.timestamp()) * 1_000_000 + self.instant.microsecond}-{self.id}"


@dataclass(frozen=True)
class Page(Generic[T]):
    rows: Sequence[T]
    next: Cursor | None


def keyset_page(
    query: Select[*tuple[Any, ...]],
    *,
    instant: Any,
    id: Any,
    after: Cursor | None,
    fetch: Callable[[Select[*tuple[Any, ...]]], Sequence[Any]],
    size: int = PAGE_SIZE,
) -> Page[Any]:
    """Newest first. `instant` and `id` are the sort columns; each row carries the same values
    as its attributes `deposee_le` and `id`."""
    if after is not None:
        query = query.where(_older(instant, id, after))
    rows = fetch(query.order_by(instant.desc(), id.desc()).limit(size + 1))
    if len(rows) <= size:
        return Page(rows, None)
    last = rows[size - 1]
    return Page(rows[:size], Cursor(last.deposee_le, last.id))


def _older(instant: Any, id: Any, after: Cursor) -> ColumnElement[bool]:
    return tuple_(instant, id) < tuple_(literal(after.instant, instant.type), literal(after.id, id.type))
