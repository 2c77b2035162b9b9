"""Events of the private exchanges. They carry ids only, except erased words."""

from dataclasses import dataclass

from mse.core.events import Event


@dataclass(frozen=True, kw_only=True)
class MessageEnvoye(Event):
    message_id: int


@dataclass(frozen=True, kw_only=True)
class MessageSignale(Event):
    """A reader asked the animateurs to read a message."""

    message_id: int


@dataclass(frozen=True, kw_only=True)
class MessageLaisse(Event):
    """An animateur read a reported message and left it as it is."""

    message_id: int


@dataclass(frozen=True, kw_only=True)
class MessageMasque(Event):
    """An animateur masked a message. Handlers use the erased `texte` and `html` to remove quotations from
    mails; nothing else stores them."""

    message_id: int
    texte: str
    html: str


@dataclass(frozen=True, kw_only=True)
class NoteEcrite(Event):
    note_id: int


@dataclass(frozen=True, kw_only=True)
class DelaiSuspendu(Event):
    """A pause of the time to answer began: the owner waits for the delegates."""

    saisine_id: int


@dataclass(frozen=True, kw_only=True)
class DelaiRepris(Event):
    """The pause ended before its last day."""

    saisine_id: int
