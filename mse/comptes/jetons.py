"""Issue and revoke the tokens that open an account, inside a use case or an event handler.

A secret is never part of an event: the code that writes the mail or the sheet issues it, in the same
transaction.
"""

from datetime import datetime

from sqlalchemy import delete

from mse.comptes.models import Compte, Jeton, NatureJeton
from mse.comptes.queries import lock_compte
from mse.comptes.rate_limits import DOUBLE_CLIC
from mse.core.clock import now
from mse.extensions import db

INVITATIONS = (NatureJeton.INVITATION, NatureJeton.CODE)


def emettre(compte: Compte, nature: NatureJeton) -> str:
    """Issue a token and return its secret, which is not stored.
    Unused tokens of the same nature are revoked, except that of a mail sent just before by a double click:
    the person may open either mail."""
    lock_compte(compte)
    annuler(compte, nature, avant=now() if nature == NatureJeton.CODE else now() - DOUBLE_CLIC)
    jeton, secret = Jeton.emettre(compte, nature, le=now())
    db.session.add(jeton)
    return secret


def emettre_avis(compte: Compte, saisine_id: int) -> str:
    """Issue a token for the mail about one answer and return its secret. Tokens of other mails stay valid."""
    jeton, secret = Jeton.emettre(compte, NatureJeton.AVIS, le=now(), objet_id=saisine_id)
    db.session.add(jeton)
    return secret


def annuler(compte: Compte, *natures: NatureJeton, avant: datetime | None = None) -> None:
    """Revoke the unused tokens of these natures, issued before that instant if one is given."""
    query = delete(Jeton).where(
        Jeton.compte_id == compte.id, Jeton.nature.in_(natures), Jeton.utilise_le.is_(None)
    )
    db.session.execute(query if avant is None else query.where(Jeton.emis_le <= avant))
