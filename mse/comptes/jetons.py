"""Issuing what opens an account once, within a use case or the handler of an event.

A secret never travels in an event: whoever writes the mail or the sheet issues it, in the same transaction.
"""

from sqlalchemy import delete

from mse.comptes.models import Compte, Jeton, NatureJeton
from mse.comptes.queries import lock_compte
from mse.core.clock import now
from mse.extensions import db

INVITATIONS = (NatureJeton.INVITATION, NatureJeton.CODE)


def emettre(compte: Compte, nature: NatureJeton) -> str:
    """The secret, known to whoever receives it only; it voids the older ones of its kind."""
    lock_compte(compte)
    annuler(compte, nature)
    jeton, secret = Jeton.emettre(compte, nature, le=now())
    db.session.add(jeton)
    return secret


def emettre_avis(compte: Compte, saisine_id: int) -> str:
    """The secret of one mail about one answer; other mails keep theirs."""
    jeton, secret = Jeton.emettre(compte, NatureJeton.AVIS, le=now(), objet_id=saisine_id)
    db.session.add(jeton)
    return secret


def annuler(compte: Compte, *natures: NatureJeton) -> None:
    """What was not used opens nothing any more."""
    db.session.execute(
        delete(Jeton).where(
            Jeton.compte_id == compte.id, Jeton.nature.in_(natures), Jeton.utilise_le.is_(None)
        )
    )
