"""Queries on the subscribers of bulletins."""

from collections.abc import Sequence

from sqlalchemy import select

from mse.core.text import clean
from mse.extensions import db
from mse.meteo.models import Abonne


def get_abonne(cle: str) -> Abonne | None:
    """Find a subscriber by the key of the links in their mails."""
    return db.session.scalar(select(Abonne).where(Abonne.cle == clean(cle)))


def get_abonne_par_courriel(courriel: str) -> Abonne | None:
    return db.session.scalar(select(Abonne).where(Abonne.courriel == courriel))


def list_abonnes() -> Sequence[Abonne]:
    return db.session.scalars(select(Abonne).where(Abonne.confirme_le.is_not(None)).order_by(Abonne.id)).all()
