"""The days on which promotions spoke, for the météo."""

from datetime import date
from typing import Any

from sqlalchemy import Select, select

from mse.classe.models import JourDeParole


def select_jours_de_parole(depuis: date, jusqu_a: date) -> Select[*tuple[Any, ...]]:
    """Select (promotion, day) within the period, both ends included."""
    query: Select[*tuple[Any, ...]] = select(JourDeParole.promotion_id, JourDeParole.le)
    return query.where(JourDeParole.le.between(depuis, jusqu_a))
