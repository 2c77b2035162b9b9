"""Public interface of `mse.comptes` for higher capabilities, with its models, events, queries, policies."""

from mse.comptes.adresses import DUREE, signer
from mse.comptes.forms import PersonneForm
from mse.comptes.identite import donner_identifiant, exige_nom
from mse.comptes.invites import describe_welcome, inviter, placer_adresse, reserver_adresses
from mse.comptes.jetons import INVITATIONS, annuler, emettre, emettre_avis

__all__ = [
    "DUREE",
    "INVITATIONS",
    "PersonneForm",
    "annuler",
    "describe_welcome",
    "donner_identifiant",
    "emettre",
    "emettre_avis",
    "exige_nom",
    "inviter",
    "placer_adresse",
    "reserver_adresses",
    "signer",
]
