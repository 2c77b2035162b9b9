"""Public interface of `mse.meteo` for higher capabilities, with its models, events, queries, policies."""

from mse.meteo.etats import Etat
from mse.meteo.libelles import NIVEAUX
from mse.meteo.mesures import Mesure, Niveau, Tendance

__all__ = ["NIVEAUX", "Etat", "Mesure", "Niveau", "Tendance"]
