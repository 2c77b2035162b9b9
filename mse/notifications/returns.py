"""Read delivery status notifications (RFC 3464), the mails by which servers report a failed delivery.

Nothing in them is trusted: a return counts only if it quotes the random Message-ID of a mail in the outbox.
"""

import mailbox
import re
from collections.abc import Iterator
from email import message_from_bytes, message_from_string
from email.message import Message
from pathlib import Path
from typing import IO, Any, NamedTuple

from mse.notifications.messages import CONTENU, DESTINATAIRE

MAX_SIZE = 2 * 1024 * 1024  # bytes; a larger mail is not a notification
_MAX_PARTS = 50
_ID = re.compile(r"<[^<>\s]{3,198}>")
_HARD = re.compile(r"5\.\d{1,3}\.\d{1,3}\b")
_CONTENT = re.compile(r"5\.(2\.[23]|[367]\.)")  # mailbox full, message too large, content or policy refused


class Return(NamedTuple):
    """A permanent failure. `message_ids`: of the mail that came back; `erreur`: as stored in the outbox."""

    message_ids: tuple[str, ...]
    erreur: str


def read_return(data: bytes) -> Return | None:
    """Return the permanent failure that a mail reports; None if it reports none, or a delay only."""
    if len(data) > MAX_SIZE:
        return None
    message = message_from_bytes(data)
    parts = [part for part, _rank in zip(message.walk(), range(_MAX_PARTS), strict=False)]
    status = next(filter(None, map(_read_status, parts)), None)
    if status is None:
        return None
    quoted = [found for part in parts for found in _quoted_ids(part)]
    quoted += _ID.findall(f"{message['References'] or ''} {message['In-Reply-To'] or ''}")
    phase = CONTENU if _CONTENT.match(status) else DESTINATAIRE
    return Return(tuple(dict.fromkeys(quoted)), f"{status} ({phase})")


def _read_status(part: Message) -> str | None:
    """Return the status of the first recipient for whom the delivery has failed permanently."""
    if part.get_content_type() != "message/delivery-status":
        return None
    blocks: Any = part.get_payload()
    for block in blocks if isinstance(blocks, list) else ():
        action, status = str(block["Action"] or "").strip().lower(), str(block["Status"] or "").strip()
        if action.startswith("failed") and (found := _HARD.match(status)):
            return found.group()
    return None


def _quoted_ids(part: Message) -> list[str]:
    """Return the Message-ID of the mail that came back, whole or only its headers."""
    payload: Any = part.get_payload()
    kind = part.get_content_type()
    if kind == "message/rfc822" and isinstance(payload, list) and payload:
        return _ID.findall(str(payload[0]["Message-ID"] or ""))
    if kind in ("text/rfc822-headers", "message/rfc822-headers"):
        decoded: Any = payload[0] if isinstance(payload, list) and payload else part.get_payload(decode=True)
        headers = decoded if isinstance(decoded, Message) else _headers(decoded)
        return _ID.findall(str(headers["Message-ID"] or ""))
    return []


def _headers(data: Any) -> Message:
    return message_from_string(
        data.decode("utf-8", "replace") if isinstance(data, bytes) else str(data or "")
    )


def read_mails(source: Path) -> Iterator[bytes]:
    """Yield the mails of a Maildir, of a folder of `.eml` files, of an mbox or of one `.eml` file."""
    if source.is_dir():
        if (source / "cur").is_dir():
            yield from (bytes(mail) for mail in mailbox.Maildir(source, create=False))
        else:
            yield from (path.read_bytes() for path in sorted(source.glob("*.eml")))
        return
    with source.open("rb") as file:
        is_mbox = file.read(5) == b"From "
    if is_mbox:
        yield from (bytes(mail) for mail in mailbox.mbox(source, create=False))
    else:
        yield source.read_bytes()


def read_stream(stream: IO[bytes]) -> bytes:
    """Read one mail, at most as much as a notification may have. An mbox separator before it is skipped."""
    data = stream.read(MAX_SIZE + 1)
    return data.partition(b"\n")[2] if data.startswith(b"From ") else data
