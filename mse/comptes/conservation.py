"""Retention terms (`mse.core.conservation`)."""

from mse.comptes.connexions import oublier_sessions
from mse.comptes.use_cases import oublier_adresses_invitees, oublier_jetons
from mse.core.conservation import Terme
from mse.core.text import lazy

TERMES = [
    Terme(
        nom="liens",
        quoi=lazy("Les liens envoyés par courriel"),
        duree=lazy("24 heures après leur fin"),
        oublier=oublier_jetons,
    ),
    Terme(
        nom="connexions",
        quoi=lazy("Les connexions"),
        duree=lazy("24 heures après leur fin"),
        oublier=oublier_sessions,
    ),
    Terme(
        nom="adresses_invitees",
        quoi=lazy("Les adresses d’invitation qui n’ont pas servi"),
        duree=lazy("Un an, ou 14 jours quand une feuille a ouvert le compte"),
        oublier=oublier_adresses_invitees,
    ),
]
