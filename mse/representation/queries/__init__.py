"""Queries on promotions, elections and mandats."""

from mse.representation.queries.mandats import list_mandats_de, list_mandats_ouverts, load_mandats
from mse.representation.queries.promotions import (
    get_promotion,
    has_promotions,
    list_promotions,
    list_promotions_debutant,
    list_promotions_ouvertes,
)

__all__ = [
    "get_promotion",
    "has_promotions",
    "list_mandats_de",
    "list_mandats_ouverts",
    "list_promotions",
    "list_promotions_debutant",
    "list_promotions_ouvertes",
    "load_mandats",
]
