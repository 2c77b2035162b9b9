"""A browser that has signed in before keeps a signed cookie: tries from elsewhere do not lock it out.

For each account that signed in there: its id, a random mark of this browser, and a proof that its password is
still the same (its address, for an account without a password). Changing it makes every such cookie worthless
(OWASP: «device cookies»).
"""

import secrets
from dataclasses import dataclass
from typing import Self

from itsdangerous import BadSignature, URLSafeSerializer

from mse.comptes.models import Compte, hash_secret

COMPTES_MAX = 5  # a computer that people share remembers the last ones


@dataclass(frozen=True)
class Appareil:
    """What one browser keeps: (id of the account, mark, proof) for each, last one first."""

    reconnus: tuple[tuple[int, str, str], ...] = ()

    @classmethod
    def lire(cls, cookie: str, *, cle: str) -> Self:
        """An unknown browser when the cookie is not ours. `cle`: the instance's own."""
        try:
            lignes = _serializer(cle).loads(cookie)
        except BadSignature:
            return cls()
        return cls(tuple((compte_id, marque, preuve) for compte_id, marque, preuve in lignes))

    def ecrire(self, *, cle: str) -> str:
        """The value of the cookie."""
        return str(_serializer(cle).dumps(self.reconnus))

    def marque(self, compte: Compte | None) -> str | None:
        """The mark under which this browser's attempts on `compte` count; None: unknown to it."""
        if compte is None:
            return None
        connus = (
            marque for une, marque, preuve in self.reconnus if (une, preuve) == (compte.id, _preuve(compte))
        )
        return next(connus, None)

    def retenir(self, compte: Compte) -> Self:
        """The same browser once `compte` has signed in there."""
        marque = self.marque(compte) or secrets.token_urlsafe(12)
        autres = tuple(ligne for ligne in self.reconnus if ligne[0] != compte.id)
        return type(self)(((compte.id, marque, _preuve(compte)), *autres)[:COMPTES_MAX])


INCONNU = Appareil()


def _preuve(compte: Compte) -> str:
    return hash_secret(compte.mot_de_passe or compte.courriel or "")[:16]


def _serializer(cle: str) -> URLSafeSerializer:
    return URLSafeSerializer(cle, salt="appareil")
