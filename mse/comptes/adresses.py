"""An address that is to replace another, until it is proved: only the link mailed to it says it, signed.

Of use to nobody but the person, signed in: who reads the mailbox of an address mistyped gains nothing.
"""

from datetime import datetime, timedelta

from itsdangerous import BadSignature, URLSafeSerializer

from mse.comptes.models import Compte, hash_secret

DUREE = timedelta(minutes=30)


def signer(compte: Compte, courriel: str, *, cle: str, le: datetime) -> str:
    """The secret of the link. `cle`: the instance's own."""
    fin = int((le + DUREE).timestamp())
    return str(_serializer(cle).dumps([compte.id, hash_secret(compte.courriel or ""), courriel, fin]))


def lire(secret: str, compte: Compte, *, cle: str, le: datetime) -> str | None:
    """The address, while `compte` has the one it is to replace, or that address already. None: not ours, too
    old, of somebody else."""
    try:
        compte_id, avant, courriel, fin = _serializer(cle).loads(secret)
    except BadSignature:
        return None
    a_changer = avant == hash_secret(compte.courriel or "") or courriel == compte.courriel
    return str(courriel) if compte_id == compte.id and a_changer and le.timestamp() < fin else None


def _serializer(cle: str) -> URLSafeSerializer:
    return URLSafeSerializer(cle, salt="courriel")
