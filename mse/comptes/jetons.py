"""Issue and revoke the tokens that open an account, inside a use case or an event handler.

A secret is never part of an event: the code that writes the mail or the sheet issues it, in the same
transaction.
"""

from sqlalchemy import delete

from mse.comptes.models import Compte, Jeton, NatureJeton
from mse.comptes.queries import lock_compte
from mse.core.clock import now
from mse.extensions import db

INVITATIONS = (NatureJeton.INVITATION, NatureJeton.CODE)


def emettre(compte: Compte, nature: NatureJeton) -> str:
    """Issue a token and return its secret, which is not stored.
    Unused tokens of the same nature are revoked."""
    lock_compte(compte)
    annuler(compte, nature)
    jeton, secret = Jeton.emettre(compte, nature, le=now())
    db.session.add(jeton)
    return secret


def emettre_avis(compte: Compte, saisine_id: int) -> str:
    """Issue a token for the mail about one answer and return its secret. Tokens of other mails stay valid."""
    jeton, secret = Jeton.emettre(compte, NatureJeton.AVIS, le=now(), objet_id=saisine_id)
    db.session.add(jeton)
    return secret


def annuler(compte: Compte, *natures: NatureJeton) -> None:
    """Revoke the unused tokens of these natures."""
    db.session.execute(
        delete(Jeton).where(
            Jeton.compte_id == compte.id, Jeton.nature.in_(natures), Jeton.utilise_le.is_(None)
        )
    )
