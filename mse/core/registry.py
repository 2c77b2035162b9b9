"""Registry of lists: each capability registers what it has for a person, and a page of a higher capability
reads all of it, so that no import goes upward (ADR 22)."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import CompoundSelect, Select, String, literal_column, select, union_all

from mse.core.database import first
from mse.extensions import db

ROWS_MAX = 50  # rows of one list of a page
COUNT_MAX = 100  # items counted in one source; more are «99+»


def write_count(number: int) -> str:
    """Return a number of items as pages write it: a count that stopped at `COUNT_MAX` is «99+»."""
    return str(number) if number < COUNT_MAX else f"{COUNT_MAX - 1}+"


class Reader(Protocol):
    """Who reads, and when."""

    @property
    def parameters(self) -> Mapping[str, Any]:
        """Values of the bound parameters of all sources."""


R = TypeVar("R", bound=Reader)


@dataclass(frozen=True, kw_only=True)
class Source(Generic[R]):
    """A list that a capability offers to the person who reads the page, such as unread messages.

    name: under which a page finds its rows and their number.
    concerns: False if this reader can have none; no statement runs then.
    items: builds, once per process, the SELECT that defines what belongs to the source: id of the item, id of
        the object that it is about. None if the source is not counted.
    about: kind of that object. Several items about one object count once in a total.
    is_pressing: True if the items wait for an act of the reader and belong to the total.
    in_header: True if the header of every page shows their number.
    most: items counted at most; the header counts fewer.
    rows: reads the first rows, at most `ROWS_MAX`, by the same definition. None if another page reads them.
    """

    name: str
    concerns: Callable[[R], bool]
    items: Callable[[], Select[Any, Any]] | None = None
    about: str = ""
    is_pressing: bool = False
    in_header: bool = False
    most: int = COUNT_MAX
    rows: Callable[[R], Sequence[Any]] | None = None


@dataclass(frozen=True)
class Tally:
    """The items found for a reader. `found`: by source, id of the item → id of its object, at most
    `COUNT_MAX` items."""

    found: Mapping[str, Mapping[int, int]]
    pressing: Mapping[str, str]  # name of each pressing source → kind of its objects

    def count(self, *names: str) -> int:
        """Return the number of distinct items of these sources, whose ids must name the same kind of row; at
        most `COUNT_MAX`."""
        return min(len(set().union(*(self.found.get(name, {}) for name in names))), COUNT_MAX)

    @property
    def objects(self) -> Counter[str]:
        """The number of distinct objects of the pressing sources, by kind."""
        distinct = {(kind, id) for name, kind in self.pressing.items() for id in self.found[name].values()}
        return Counter(kind for kind, _id in distinct)

    @property
    def total(self) -> int:
        """The number of distinct objects that wait for the reader, at most `COUNT_MAX`."""
        is_cut = any(len(self.found[name]) >= COUNT_MAX for name in self.pressing)
        return COUNT_MAX if is_cut else min(self.objects.total(), COUNT_MAX)


class Registry(Generic[R]):
    """Sources, in the order in which `mse/app.py` adds them."""

    def __init__(self) -> None:
        self._sources: dict[str, Source[R]] = {}
        self._statements: dict[tuple[str, ...], CompoundSelect[Any, Any, Any]] = {}

    def add(self, sources: Iterable[Source[R]]) -> None:
        """Register the sources of a capability. To register them again replaces them."""
        for source in sources:
            self._sources[source.name] = source
        self._statements.clear()

    def count(self, reader: R, *, pressing: bool = False) -> Tally:
        """Count the items of the sources that concern the reader, in one statement. `pressing`: only those of
        the total and of the header."""
        counted = [
            source
            for source in self._sources.values()
            if source.items
            and (source.is_pressing or source.in_header or not pressing)
            and source.concerns(reader)
        ]
        found: dict[str, dict[int, int]] = {source.name: {} for source in counted}
        if counted:
            statement = self._unite(tuple(found))
            for name, item, about in db.session.execute(statement, dict(reader.parameters)):
                found[name][item] = about
        return Tally(found, {source.name: source.about for source in counted if source.is_pressing})

    def read(self, reader: R, tally: Tally) -> dict[str, Sequence[Any]]:
        """Return the rows of each source that has any, by name. A source that `tally` found empty is not
        read."""
        read = {}
        for source in self._sources.values():
            is_empty = source.items is not None and not tally.found.get(source.name)
            if source.rows and source.concerns(reader):
                read[source.name] = () if is_empty else source.rows(reader)
        return read

    def _unite(self, names: tuple[str, ...]) -> CompoundSelect[Any, Any, Any]:
        """Return the statement that counts these sources. Kept, because building it costs more than running
        it."""
        if names not in self._statements:
            selects = []
            for name in names:
                source = self._sources[name]
                assert source.items is not None
                item, about = first(source.items(), source.most).subquery().c
                selects.append(select(literal_column(f"'{name}'", String), item, about))
            self._statements[names] = union_all(*selects)
        return self._statements[names]
