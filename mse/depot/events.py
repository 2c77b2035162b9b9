"""Events of drafts. They carry ids only."""

from dataclasses import dataclass

from mse.core.events import Event


@dataclass(frozen=True, kw_only=True)
class BrouillonCommence(Event):
    """A delegate began a draft."""

    fiche_id: int


@dataclass(frozen=True, kw_only=True)
class BrouillonEcrit(Event):
    """A step of a draft was saved and its text changed."""

    fiche_id: int


@dataclass(frozen=True, kw_only=True)
class PieceJointe(Event):
    """A file was attached to a draft."""

    piece_id: int


@dataclass(frozen=True, kw_only=True)
class PieceRetiree(Event):
    """A file was removed from a draft; the row no longer exists."""

    piece_id: int
