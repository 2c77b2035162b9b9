"""Delivery of mails, outside any transaction: to the SMTP server, or to files if none is configured."""

import logging
import os
import re
import smtplib
import ssl
import time
from enum import StrEnum
from io import BufferedReader, RawIOBase
from pathlib import Path
from socket import socket
from typing import Any, Self

from flask import current_app
from flask_mail import Connection, Message

from mse.notifications.messages import (
    ADRESSE_INVALIDE,
    CONTENU,
    DESTINATAIRE,
    AdresseInvalide,
    ClaimedMail,
    build_message,
)

IDLE = 20.0  # seconds, timeout of one network operation
WHOLE = 60.0  # seconds for one mail, connection included; well below use_cases.CLAIM
PER_CONNECTION = 50  # mails; many servers limit it
CHUNK = 16_384

# 5xx codes about the client (protocol, authentication), not about the mail: retry after a corrected setting.
_OUR_FAULT = {500, 502, 503, 504, 530, 534, 535, 538}

logger = logging.getLogger(__name__)


class Outcome(StrEnum):
    """Result of one attempt to send."""

    ENVOYE = "envoye"
    REFUSE = "refuse"  # permanent
    PLUS_TARD = "plus_tard"  # temporary, for this mail only
    PANNE = "panne"  # the server is down, whatever the mail


class _Reader(RawIOBase):
    """Read the server's answers. Each read times out at the deadline of the mail, or after `IDLE` seconds."""

    def __init__(self, client: "_Client") -> None:
        assert client.sock is not None
        self._client, self._sock = client, client.sock

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._sock.settimeout(self._client.left())
        return self._sock.recv_into(buffer)


class _Client(smtplib.SMTP):
    """SMTP client with one deadline for the whole mail. The timeout of smtplib restarts at each byte, so that
    a very slow server could block the worker for ever."""

    sock: socket | None
    file: Any

    def __init__(self, server: str, port: int, *, deadline: float, **options: Any) -> None:
        self.deadline = deadline
        super().__init__(server, port, timeout=IDLE, **options)

    def left(self) -> float:
        """Return the timeout of the next step, in seconds. Raise `TimeoutError`, an `OSError` like the errors
        of smtplib."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("timed out")  # the text of a socket timeout: smtplib keeps only this text
        return min(left, IDLE)

    def getreply(self) -> tuple[int, bytes]:
        if self.sock is not None and self.file is None:
            self.file = BufferedReader(_Reader(self))
        return super().getreply()

    def send(self, s: Any) -> None:
        data = s.encode(self.command_encoding) if isinstance(s, str) else s
        for start in range(0, len(data), CHUNK):
            if self.sock is not None:
                self.sock.settimeout(self.left())
            super().send(data[start : start + CHUNK])


class _ClientSSL(_Client, smtplib.SMTP_SSL):
    pass


class Mailer:
    """One SMTP connection for many mails, opened for the first one, reopened after a failure."""

    def __init__(self) -> None:
        self.settings = current_app.extensions["mail"]  # Flask-Mail's, from MSE_MAIL_*
        self._client: _Client | None = None
        self._carried = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._hang_up()

    def deliver(self, mail: ClaimedMail) -> tuple[Outcome, str]:
        """Send or write one mail; never raise. Return the result and its reason in codes, which quote neither
        the mail nor the reply of the server."""
        try:
            message = build_message(mail)
            if self.settings.server:
                self._send(message)
            else:
                _write_file(mail, message)
            return Outcome.ENVOYE, ""
        except AdresseInvalide:
            return Outcome.REFUSE, ADRESSE_INVALIDE
        except smtplib.SMTPRecipientsRefused as error:
            return self._judge(*next(iter(error.recipients.values())), DESTINATAIRE)
        except smtplib.SMTPDataError as error:
            return self._judge(error.smtp_code, error.smtp_error, CONTENU)
        except smtplib.SMTPResponseException as error:
            phase = "expéditeur" if isinstance(error, smtplib.SMTPSenderRefused) else "connexion"
            return self._failed(_error_codes(error.smtp_code, error.smtp_error, phase))
        except OSError as error:
            return self._failed(_reason(error))
        except Exception as error:
            logger.exception("courriel %s could not be handed over", mail.id)
            self._hang_up()
            return Outcome.PLUS_TARD, f"erreur interne : {type(error).__name__}"[:250]

    def _send(self, message: Message) -> None:
        deadline = time.monotonic() + WHOLE
        if self._carried >= PER_CONNECTION:
            self._hang_up()
        if self._client is None:
            self._client, self._carried = _connect(self.settings, deadline), 0
        self._client.deadline = deadline
        self._carried += 1
        connection = Connection(self.settings)
        connection.host = self._client
        connection.send(message)

    def _judge(self, code: int, reply: bytes | str, phase: str) -> tuple[Outcome, str]:
        words = _error_codes(code, reply, phase)
        if code == 421 or code in _OUR_FAULT or not 400 <= code < 600:
            return self._failed(words)
        return (Outcome.REFUSE if code >= 500 else Outcome.PLUS_TARD), words

    def _failed(self, words: str) -> tuple[Outcome, str]:
        client, self._client = self._client, None
        if client is not None:
            client.close()  # without QUIT: the server may not answer it
        return Outcome.PANNE, words

    def _hang_up(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            try:
                client.quit()
            except OSError:
                client.close()


def _connect(settings: Any, deadline: float) -> _Client:
    """Connect as Flask-Mail does, but with a deadline and verification of the server's certificate."""
    options = {"deadline": deadline, "local_hostname": current_app.config["MSE"].host}
    if settings.use_ssl:
        context = ssl.create_default_context()
        client: _Client = _ClientSSL(settings.server, settings.port, context=context, **options)
    else:
        client = _Client(settings.server, settings.port, **options)
    try:
        if settings.use_tls:
            client.starttls(context=ssl.create_default_context())
        if settings.username and settings.password:
            client.login(settings.username, settings.password)
    except BaseException:
        client.close()
        raise
    return client


def _write_file(mail: ClaimedMail, message: Message) -> None:
    """Write the mail to a file, atomically. A retry after a crash replaces the same file."""
    folder = Path(current_app.config["MSE"].instance) / "courriels"
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"{mail.cree_le:%Y-%m-%dT%H%M%SZ}-{mail.id:06}.eml"
    unfinished = path.with_suffix(f".{os.getpid()}.part")
    with open(unfinished, "wb") as file:
        file.write(message.as_bytes())
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


def _error_codes(code: int, reply: bytes | str, phase: str) -> str:
    """Return only the codes, `550 5.1.1 (destinataire)`: the text of a server may quote the address or the
    mail."""
    text = reply.decode("ascii", "replace") if isinstance(reply, bytes) else reply
    precise = re.match(r"[245]\.\d{1,3}\.\d{1,3}\b", text.strip())
    return f"{code} {precise.group()} ({phase})" if precise else f"{code} ({phase})"


def _reason(error: OSError) -> str:
    if isinstance(error, TimeoutError) or "timed out" in str(error):
        return "délai dépassé"
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return "connexion coupée"
    return f"{type(error).__name__} {error.errno or ''}".strip()
