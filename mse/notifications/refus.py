"""Addresses whose last mail was refused; pages display the refusal beside the person."""

from sqlalchemy import ColumnElement, delete, select

from mse.annuaire.models import Acteur
from mse.comptes.models import AdresseRefusee, Compte, MotifRefus
from mse.core.clock import now
from mse.core.database import upsert
from mse.extensions import db


def noter_refus(adresse: str, motif: MotifRefus) -> None:
    """Store the refusal. Call within a use case."""
    row = upsert(AdresseRefusee).values(courriel=adresse.lower(), motif=motif, le=now())
    nouveau = {"motif": row.excluded.motif, "le": row.excluded.le}
    db.session.execute(row.on_conflict_do_update(index_elements=["courriel"], set_=nouveau))


def lever_refus(adresse: str) -> None:
    """Delete the refusal, because a mail has reached the address. Call within a use case."""
    _oublier(AdresseRefusee.courriel == adresse.lower())


def oublier_refus() -> None:
    """Delete the refusals of addresses that no account and no acteur has any more. Call within a use case."""
    _oublier(
        AdresseRefusee.courriel.not_in(select(Compte.courriel).where(Compte.courriel.is_not(None))),
        AdresseRefusee.courriel.not_in(
            select(Compte.courriel_invite).where(Compte.courriel_invite.is_not(None))
        ),
        AdresseRefusee.courriel.not_in(select(Acteur.courriel).where(Acteur.courriel.is_not(None))),
    )


def _oublier(*conditions: ColumnElement[bool]) -> None:
    statement = delete(AdresseRefusee).where(*conditions)
    db.session.execute(statement.execution_options(synchronize_session=False))
