"""Build the mail of an outbox row. User text passes through `clean_header` before it enters a header."""

import re
import unicodedata
from datetime import datetime
from email import policy
from email.charset import QP, Charset
from email.mime.text import MIMEText
from email.utils import parseaddr, quote
from typing import NamedTuple

from flask import current_app
from flask_mail import Message

from mse.core.email_addresses import encode_adresse
from mse.demarche import get_demarche

SUBJECT_MAX = 200
# Words in the stored reason of a mail that was given up.
ADRESSE_INVALIDE, DESTINATAIRE, CONTENU = "adresse invalide", "destinataire", "contenu"
DEPUIS_DES_JOURS, LIEN_EXPIRE = "encore après", "lien expiré avant l’envoi"
DEMANDE_PAR_LUI = "le destinataire n’en veut plus"

_POLICY = policy.SMTP.clone(refold_source="none")
_BREAKS = re.compile(r"[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
_BIDI = dict.fromkeys([0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])


class ClaimedMail(NamedTuple):
    """The columns needed to send a mail, read once: a lazy load would open a transaction during SMTP."""

    id: int
    message_id: str
    destinataire: str
    sujet: str
    texte: str | None
    html: str | None
    cree_le: datetime
    essais: int
    reservee_jusqu_a: datetime
    erreur: str | None = None  # reason of the previous failure
    expire_le: datetime | None = None  # expiry of its secret link, if it contains one
    desabonnement: str | None = None  # unsubscribe URL

    @property
    def bodies(self) -> dict[str, None]:
        """Return the columns to erase after the last attempt: a secret does not stay in the outbox."""
        return {"texte": None, "html": None} if self.expire_le else {}


class AdresseInvalide(ValueError):
    """No server would accept this address."""


def clean_header(text: str, maximum: int = SUBJECT_MAX) -> str:
    """Return one line without control characters, bidirectional marks or the start of an encoded word.

    Python 3.11's `email` decodes `=?utf-8?q?…=0D=0ABcc:…?=` and writes the line break that it contains
    (CVE-2024-6923), hence `=?` is broken up.
    """
    text = _BREAKS.sub(" ", text).translate(_BIDI)
    text = "".join(char for char in text if unicodedata.category(char) not in ("Cc", "Cs"))
    text = re.sub(" {2,}", " ", text.replace("=?", "= ?")).strip()
    return text if len(text) <= maximum else text[: maximum - 1].rstrip() + "…"


def check_address(address: str) -> str:
    """Return the address in ASCII, fit for an envelope and a header. Raise `AdresseInvalide`."""
    try:
        return encode_adresse(address.strip())
    except ValueError:
        raise AdresseInvalide from None


class _Message(Message):
    """Fix two defects of Flask-Mail: texts as 8bit, where a long paragraph exceeds SMTP's 998 bytes a line;
    headers refolded by Python, which loses spaces and decodes encoded words."""

    def as_bytes(self) -> bytes:
        return self._message().as_bytes(policy=_POLICY)

    def _mimetext(self, text: str | None, subtype: str = "plain") -> MIMEText:
        charset = Charset("utf-8")
        charset.body_encoding = QP
        return MIMEText(text or "", subtype, charset)  # type: ignore[arg-type]


def build_message(mail: ClaimedMail) -> Message:
    """Build the mail, identical at each attempt, `Date` and `Message-ID` included."""
    headers = {"Auto-Submitted": "auto-generated"}  # no automatic reply («absent du bureau»)
    if mail.desabonnement:  # RFC 8058: the mail program posts to this URL at one click
        headers["List-Unsubscribe"] = f"<{mail.desabonnement}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = _Message(
        subject=clean_header(mail.sujet),
        recipients=[check_address(mail.destinataire)],
        body=mail.texte or "",
        html=mail.html,
        sender=_sender(),
        date=mail.cree_le.timestamp(),
        extra_headers=headers,
    )
    message.msgId = mail.message_id
    return message


def _sender() -> str:
    name, address = parseaddr(current_app.config["MAIL_DEFAULT_SENDER"])
    return f'"{quote(clean_header(name or get_demarche().titre))}" <{address}>'
