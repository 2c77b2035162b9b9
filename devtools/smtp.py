"""A real SMTP server whose answers a test or a proof chooses."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import repeat
from typing import Any


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Serveur:
    """SMTP handler that treats each e-mail according to the next value of `behaviours`.

    `ok`: accept. `retenu`: accept once `release` is called. `muet`: do not answer. `coupe`: close the
    connection after DATA. `451 …`: refuse after DATA with that reply. `rcpt 550 …`: refuse after RCPT with
    `550 …`.
    """

    def __init__(self) -> None:
        self.behaviours: Iterator[str] = repeat("ok")
        self.recus: list[EmailMessage] = []  # accepted
        self.vus: list[str] = []  # Message-ID of every complete DATA, accepted or not
        self.port = free_port()
        self.fini, self.libre = asyncio.Event(), asyncio.Event()
        self.release: Callable[[], object] = self.libre.set

    @property
    def settings(self) -> dict[str, str]:
        """Return the settings of an instance that sends its mails here."""
        return {"MSE_MAIL_SERVER": "127.0.0.1", "MSE_MAIL_PORT": str(self.port), "MSE_MAIL_TLS": "non"}

    def ids(self) -> list[str]:
        return [str(message["Message-ID"]) for message in self.recus]

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _opt: Any) -> str:
        envelope.behaviour = behaviour = next(self.behaviours)  # per e-mail, as connections may be concurrent
        if behaviour.startswith("rcpt "):
            return behaviour.removeprefix("rcpt ")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:
        message = message_from_bytes(envelope.content, policy=policy.default)
        behaviour: str = envelope.behaviour
        self.vus.append(str(message["Message-ID"]))
        if behaviour == "retenu":
            await self.libre.wait()
        if behaviour in ("ok", "retenu"):
            self.recus.append(message)
        if behaviour == "coupe":
            server.transport.abort()
        if behaviour == "muet":
            await self.fini.wait()
        return behaviour if behaviour[0].isdigit() else "250 OK"
