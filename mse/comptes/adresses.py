"""Signed links that verify a new mail address. The link holds the address, which is stored once it is
verified.

The link works only for a signed-in user of the account, so that a stranger who receives it at a mistyped
address gains nothing.
"""

from datetime import datetime, timedelta

from itsdangerous import BadSignature, URLSafeSerializer

from mse.comptes.models import Compte, hash_secret

DUREE = timedelta(minutes=30)


def signer(compte: Compte, courriel: str, *, secret_key: str, le: datetime) -> str:
    """Return the secret of the link. `secret_key`: that of the instance."""
    fin = int((le + DUREE).timestamp())
    return str(_serializer(secret_key).dumps([compte.id, hash_secret(compte.courriel or ""), courriel, fin]))


def lire(secret: str, compte: Compte, *, secret_key: str, le: datetime) -> str | None:
    """Return the new address; None if the secret is invalid, expired, of another account, or if the address
    has changed since to a third one."""
    try:
        compte_id, avant, courriel, fin = _serializer(secret_key).loads(secret)
    except BadSignature:
        return None
    a_changer = avant == hash_secret(compte.courriel or "") or courriel == compte.courriel
    return str(courriel) if compte_id == compte.id and a_changer and le.timestamp() < fin else None


def _serializer(secret_key: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret_key, salt="courriel")
