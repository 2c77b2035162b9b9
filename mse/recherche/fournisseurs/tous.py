"""All providers, in the order of the pages of results."""

from mse.recherche.fournisseurs import acteurs, fiches, initiatives, reperes

RECHERCHES = (fiches, reperes, initiatives, acteurs)
