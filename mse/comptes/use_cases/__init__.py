"""What people can do with accounts: sign in and out, create one, change their own."""

from mse.comptes.use_cases.connecter import (
    PASSAGE,
    Connexion,
    fermer_autres_sessions,
    fermer_session,
    noter_passage,
    ouvrir_session,
    se_connecter,
)
from mse.comptes.use_cases.creer import creer_compte
from mse.comptes.use_cases.freiner import Frein, TropDEssais
from mse.comptes.use_cases.modifier import changer_courriel, changer_identite, changer_mot_de_passe

__all__ = [
    "PASSAGE",
    "Connexion",
    "Frein",
    "TropDEssais",
    "changer_courriel",
    "changer_identite",
    "changer_mot_de_passe",
    "creer_compte",
    "fermer_autres_sessions",
    "fermer_session",
    "noter_passage",
    "ouvrir_session",
    "se_connecter",
]
