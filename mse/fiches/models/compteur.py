"""Counters of fiches, updated in the transaction of each change, so that pages need not count rows."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from mse.extensions import Model


class Compteur(Model):
    """A number of fiches by key: `publiees`, `traitees` or `delai:<working days>`."""

    __tablename__ = "compteurs"

    cle: Mapped[str] = mapped_column(String(40), primary_key=True)
    valeur: Mapped[int] = mapped_column(default=0)
