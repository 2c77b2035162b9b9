"""Public interface of `mse.travail` for higher capabilities, with its models, queries, policies."""

from mse.travail.filtres import AUCUN, FiltresFile, Porteur, borner, conditions, get_choix, read_filtres

__all__ = ["AUCUN", "FiltresFile", "Porteur", "borner", "conditions", "get_choix", "read_filtres"]
