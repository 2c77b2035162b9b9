"""Guards of a use case: the permission, then that nobody has changed the row since the page was read."""

from collections.abc import Callable
from typing import Protocol

from mse.core.errors import Conflit, Interdit


class Versioned(Protocol):
    @property
    def version(self) -> int: ...


def exige_droit(autorise: bool, sinon: object) -> None:
    """Raise `Interdit` with the sentence `sinon`, a text or a lazy one, unless the permission holds."""
    if not autorise:
        raise Interdit(str(sinon))


def exige_version(row: Versioned, version: int | None, sinon: Callable[[], str]) -> None:
    """Raise `Conflit` with the sentence that `sinon` returns if `version`, read from a page, is outdated.

    None: not read from a page.
    """
    if version is not None and version != row.version:
        raise Conflit(sinon())
