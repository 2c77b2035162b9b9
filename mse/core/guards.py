"""Guards of a use case: check the permission, then that the row is unchanged since the page was read."""

from collections.abc import Callable
from typing import Protocol

from mse.core.errors import Conflit, Interdit


class Versioned(Protocol):
    @property
    def version(self) -> int: ...


def exige_droit(autorise: bool, sinon: object) -> None:
    """Raise `Interdit` if the permission is missing. `sinon`: its sentence, a text or a lazy text."""
    if not autorise:
        raise Interdit(str(sinon))


def exige_version(row: Versioned, version: int | None, sinon: Callable[[], str]) -> None:
    """Raise `Conflit` if `version`, read from a page, is outdated. `sinon` returns its sentence.

    With None there is no check: the version does not come from a page.
    """
    if version is not None and version != row.version:
        raise Conflit(sinon())
