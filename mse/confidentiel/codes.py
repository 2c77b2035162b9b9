"""The receipt code of a report: 16 signs of `LETTRES`, 79 bits, stored hashed.

It is derived from the random key of the form and the secret key of the instance, so that a form sent twice
gets the same code, which is not stored.
"""

import hashlib
import hmac
import re

from mse.comptes.models import LETTRES, hash_code

_SIGNES = 16


def derive_code(cle: str, secret: str) -> str:
    """Return the code of the form with this key: «k7mp-q2xd-9wfz-3abc»."""
    octets = hmac.new(
        secret.encode(), f"confidentiel:{cle}".encode(errors="replace"), hashlib.sha256
    ).digest()
    nombre, signes = int.from_bytes(octets), ""
    for _signe in range(_SIGNES):
        nombre, rang = divmod(nombre, len(LETTRES))
        signes += LETTRES[rang]
    return "-".join(re.findall(".{4}", signes))


def read_code(texte: str) -> str:
    """Return the stored form of a typed code. Capitals, spaces and dashes are ignored."""
    return hash_code(texte)
