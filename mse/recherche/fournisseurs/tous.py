"""All providers, in the order of the pages of results."""

from mse.recherche.fournisseurs import acteurs, fiches, initiatives

RECHERCHES = (fiches, initiatives, acteurs)
