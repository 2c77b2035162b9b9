"""Follow and stop: with an account, by an e-mail address, by the link of a mail."""

from mse.suivis.use_cases.avec_compte import arreter_suivi, suivre
from mse.suivis.use_cases.par_courriel import (
    arreter_par_lien,
    arreter_tout,
    confirmer_suivi,
    demander_de_rester,
    demander_suivi,
    oublier_abonnes,
    oublier_demandes,
    rester,
)

__all__ = [
    "arreter_par_lien",
    "arreter_suivi",
    "arreter_tout",
    "confirmer_suivi",
    "demander_de_rester",
    "demander_suivi",
    "oublier_abonnes",
    "oublier_demandes",
    "rester",
    "suivre",
]
