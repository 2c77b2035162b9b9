"""Read the handover; leave a word for the next delegates."""

from mse.passation.use_cases.lire import marquer_vue
from mse.passation.use_cases.mots import laisser_un_mot, oublier_mots, reprendre_mot

__all__ = ["laisser_un_mot", "marquer_vue", "oublier_mots", "reprendre_mot"]
