"""Events of answer templates and files. They carry ids only. The text of a draft has none: a draft is private
to its author."""

from dataclasses import dataclass

from mse.core.events import Event


@dataclass(frozen=True, kw_only=True)
class ModeleEcrit(Event):
    """An answer template was created or changed."""

    modele_id: int


@dataclass(frozen=True, kw_only=True)
class ModeleSupprime(Event):
    modele_id: int


@dataclass(frozen=True, kw_only=True)
class PieceReponseJointe(Event):
    """A file was joined to a draft."""

    piece_id: int


@dataclass(frozen=True, kw_only=True)
class PieceReponseMasquee(Event):
    """An animateur masked a file of a published answer."""

    piece_id: int
