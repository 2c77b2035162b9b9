"""A signed cookie for browsers that have signed in before: failed attempts elsewhere do not lock them out.

For each account that signed in there, the cookie holds its id, a random mark of this browser, and a proof
that its password is still the same (its address, for an account without password). A change invalidates every
such cookie (OWASP: «device cookies»).
"""

import secrets
from dataclasses import dataclass
from typing import Self

from itsdangerous import BadSignature, URLSafeSerializer

from mse.comptes.models import Compte, hash_secret

COMPTES_MAX = 5  # a shared computer remembers the most recent accounts


@dataclass(frozen=True)
class Appareil:
    """Content of the cookie: (id of the account, mark, proof) for each account, most recent first."""

    reconnus: tuple[tuple[int, str, str], ...] = ()

    @classmethod
    def lire(cls, cookie: str, *, secret_key: str) -> Self:
        """Read the cookie; an invalid one gives an unknown browser. `secret_key`: that of the instance."""
        try:
            lignes = _serializer(secret_key).loads(cookie)
        except BadSignature:
            return cls()
        return cls(tuple((compte_id, marque, preuve) for compte_id, marque, preuve in lignes))

    def ecrire(self, *, secret_key: str) -> str:
        """Return the value of the cookie."""
        return str(_serializer(secret_key).dumps(self.reconnus))

    def marque(self, compte: Compte | None) -> str | None:
        """Return the mark under which attempts of this browser on `compte` are counted;
        None if it has not signed in there."""
        if compte is None:
            return None
        connus = (
            marque for une, marque, preuve in self.reconnus if (une, preuve) == (compte.id, _preuve(compte))
        )
        return next(connus, None)

    def retenir(self, compte: Compte) -> Self:
        """Return a copy in which `compte` comes first; the oldest account beyond `COMPTES_MAX` is dropped."""
        marque = self.marque(compte) or secrets.token_urlsafe(12)
        autres = tuple(ligne for ligne in self.reconnus if ligne[0] != compte.id)
        return type(self)(((compte.id, marque, _preuve(compte)), *autres)[:COMPTES_MAX])


INCONNU = Appareil()


def _preuve(compte: Compte) -> str:
    """Return a value that changes with the password, or with the address if there is no password."""
    return hash_secret(compte.mot_de_passe or compte.courriel or "")[:16]


def _serializer(secret_key: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret_key, salt="appareil")
