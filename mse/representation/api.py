"""Public interface of `mse.representation` for higher capabilities, with its models, events, queries,
policies."""

from mse.representation.lecteurs import TRAVAUX, Lecteur, count_travaux
from mse.representation.mandats import add_mandat, exige_pas_delegue
from mse.representation.promotions import add_promotion, rewrite_promotion

__all__ = [
    "TRAVAUX",
    "Lecteur",
    "add_mandat",
    "add_promotion",
    "count_travaux",
    "exige_pas_delegue",
    "rewrite_promotion",
]
