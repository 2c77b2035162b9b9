"""Use cases about accounts: sign in and out, create an account, change name, address or password."""

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
from mse.comptes.use_cases.demander import demander_lien, demander_reinitialisation
from mse.comptes.use_cases.entrer import (
    accepter_invitation,
    entrer_par_lien,
    oublier_adresses_invitees,
    oublier_jetons,
    presenter_code,
    reinitialiser_mot_de_passe,
    rejoindre_compte,
)
from mse.comptes.use_cases.modifier import (
    changer_courriel,
    changer_identite,
    changer_mot_de_passe,
    proposer_courriel,
)

__all__ = [
    "PASSAGE",
    "Connexion",
    "accepter_invitation",
    "changer_courriel",
    "changer_identite",
    "changer_mot_de_passe",
    "creer_compte",
    "demander_lien",
    "demander_reinitialisation",
    "entrer_par_lien",
    "fermer_autres_sessions",
    "fermer_session",
    "noter_passage",
    "oublier_adresses_invitees",
    "oublier_jetons",
    "ouvrir_session",
    "presenter_code",
    "proposer_courriel",
    "reinitialiser_mot_de_passe",
    "rejoindre_compte",
    "se_connecter",
]
