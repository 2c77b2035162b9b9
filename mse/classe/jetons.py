"""Secrets of class fiches: the token of a link, the mark of a device, the code of a poster.

The page of the delegates shows the link as long as it is open, so the token is derived from a stored random
seed and from the secret key of the instance. A copy of the database does not reveal it (ADR 11).
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable

from mse.core.rate_limit import hash_key

# Crockford's base 32, without i, l, o and u: easy to copy by hand from a sheet.
_SIGNES = "0123456789abcdefghjkmnpqrstvwxyz"
_COMME = str.maketrans({"i": "1", "l": "1", "o": "0"})
_LONGUEUR, _CODE = 26, 8  # 26 × 5 = 130 bits


def draw_seed() -> str:
    return secrets.token_urlsafe(16)


def derive_token(graine: str, secret: str) -> str:
    """Return the token of a link: 128 bits, in 26 characters."""
    return _encode(hmac.new(secret.encode(), f"classe:{graine}".encode(), hashlib.sha256).digest()[:16])


def find_token(graine: str, jeton_hash: str, cles: Iterable[str]) -> str | None:
    """Return the token whose hash is stored, derived with the secret key of the instance or a former one."""
    derived = (derive_token(graine, cle) for cle in cles)
    return next((token for token in derived if hash_token(token) == jeton_hash), None)


def hash_token(token: str) -> str:
    return hashlib.sha256(_read(token, _LONGUEUR).encode()).hexdigest()


def mark_device(fiche_id: int, appareil: str, secret: str) -> str:
    """Return the mark of a device on one draft; `appareil` is the random value of its cookie."""
    return hash_key(secret, "classe-participant", f"{fiche_id}:{appareil}")


def draw_code() -> str:
    """Return a random code of 40 bits, in 8 characters."""
    return "".join(secrets.choice(_SIGNES) for _ in range(_CODE))


def read_code(text: str) -> str:
    """Return a typed code as it is stored. Capitals, spaces and dashes are ignored."""
    return _read(text, _CODE)


def show_in_groups(text: str) -> str:
    return "-".join(re.findall(".{1,4}", text))


def _read(text: str, length: int) -> str:
    kept = "".join(sign for sign in text[: 4 * length].lower().translate(_COMME) if sign in _SIGNES)
    return kept[: length + 1]


def _encode(data: bytes) -> str:
    number = int.from_bytes(data, "big")
    return "".join(_SIGNES[number >> 5 * rank & 31] for rank in reversed(range(_LONGUEUR)))
