"""Codes that people copy from paper or from a screen: 128 random bits. Stored hashed (ADR 11)."""

import hashlib
import secrets
from itertools import islice

_SIGNES = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # base 32 without the letters I, L, O, U
_LONGUEUR = 26  # signs, which hold 130 bits
_GROUPES = (5, 5, 6, 5, 5)
_CONFONDUS = str.maketrans("ILO", "110")


def new_code() -> str:
    """Return a random code."""
    return write_code(secrets.randbits(128))


def write_code(nombre: int) -> str:
    """Return the code of 128 bits, in groups of signs: «5KHTY-SRTHY-Y98NVC-05W2N-SYE10»."""
    signes = ""
    for _rang in range(_LONGUEUR):
        nombre, reste = divmod(nombre, 32)
        signes += _SIGNES[reste]
    lus = iter(signes)
    return "-".join("".join(islice(lus, taille)) for taille in _GROUPES)


def hash_code(texte: str) -> str | None:
    """Return the stored form of a typed code; None if the text cannot be one. Case, spaces and dashes do not
    matter, nor do signs that look alike."""
    signes = "".join(signe for signe in texte.upper()[:200] if signe.isalnum()).translate(_CONFONDUS)
    if len(signes) != _LONGUEUR or not set(signes) <= set(_SIGNES):
        return None
    return hashlib.sha256(signes.encode()).hexdigest()
