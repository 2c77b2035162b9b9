"""Public interface of `mse.travail` for higher capabilities, with its models, queries, policies."""

from mse.travail.equipe import Collegue, read_equipe
from mse.travail.filtres import AUCUN, FiltresFile, Porteur, borner, get_choix, read_filtres
from mse.travail.work_queue import QueueTab, count_filtered, count_tabs, list_tab

__all__ = [
    "AUCUN",
    "Collegue",
    "FiltresFile",
    "Porteur",
    "QueueTab",
    "borner",
    "count_filtered",
    "count_tabs",
    "get_choix",
    "list_tab",
    "read_equipe",
    "read_filtres",
]
