"""Keyset pagination: every page costs the same. The cursor is the key of the last row shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, bindparam, tuple_

from mse.core.database import first, read_id
from mse.core.errors import DonneeInvalide
from mse.core.text import _

T = TypeVar("T")
PAGE_SIZE = 25


@dataclass(frozen=True)
class Cursor:
    """Pagination cursor: (instant, id) of the last row shown, written in the URL as `microseconds-id`."""

    instant: datetime
    id: int

    @classmethod
    def parse(cls, text: str) -> "Cursor | None":
        """Return the cursor, or None if the text is empty. Raises `DonneeInvalide` if it is malformed."""
        if not text:
            return None
        try:
            instant, row_id = text.split("-")
            micros = int(instant)
            return cls(
                datetime.fromtimestamp(micros // 1_000_000, UTC).replace(microsecond=micros % 1_000_000),
                read_id(row_id),
            )
        except (ValueError, OverflowError, OSError) as error:
            raise DonneeInvalide(_("L’adresse de cette page de la liste n’est pas valable.")) from error

    def __str__(self) -> str:
        return f"{int(self.instant.timestamp()) * 1_000_000 + self.instant.microsecond}-{self.id}"


def read_cursor(text: str) -> int | None:
    """Return the cursor of a list that is not sorted by an instant: the id of the last row shown.

    Raises `DonneeInvalide` if it is malformed.
    """
    try:
        return read_id(text) if text else None
    except ValueError as error:
        raise DonneeInvalide(_("L’adresse de cette page de la liste n’est pas valable.")) from error


@dataclass(frozen=True)
class Page(Generic[T]):
    """Rows of one page, and the cursor of the next page; None on the last page."""

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
    """Return a page, newest row first. `instant` and `id`: the sort columns, also attributes of each row.
    `fetch` runs the query."""
    query = page_statement(query, instant=instant, id=id, resumed=after is not None, size=size)
    return cut_page(fetch(query.params(**cursor_parameters(after))), instant=instant.key, size=size)


def page_statement(
    query: Select[*tuple[Any, ...]], *, instant: Any, id: Any, resumed: bool, size: int = PAGE_SIZE
) -> Select[*tuple[Any, ...]]:
    """Return the SELECT of one page: newest row first, at most `size + 1` rows. A caller may cache it and
    run it with the parameters `cursor_parameters(cursor)`.

    `resumed`: True if the page starts after a cursor, False if it starts at the newest row.
    """
    if resumed:
        query = query.where(
            tuple_(instant, id) < tuple_(bindparam("apres_le", type_=instant.type), bindparam("apres_id"))
        )
    return first(query.order_by(instant.desc(), id.desc()), size + 1)


def cursor_parameters(after: Cursor | None) -> dict[str, Any]:
    """Return the parameters of `page_statement`; none for the first page."""
    return {"apres_le": after.instant, "apres_id": after.id} if after else {}


def cut_page(rows: Sequence[Any], *, instant: str, size: int = PAGE_SIZE) -> Page[Any]:
    """Build a page from at most `size + 1` rows: the extra row only shows that there is a next page.

    `instant`: the attribute of a row that holds the value of the sort column.
    """
    if len(rows) <= size:
        return Page(rows, None)
    last = rows[size - 1]
    return Page(rows[:size], Cursor(getattr(last, instant), last.id))
