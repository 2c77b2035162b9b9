"""What the capabilities above use of fiches besides models, events, queries and policies."""

from mse.fiches.controle import Trouvaille, check_fiche, souligner
from mse.fiches.destinataires import offer
from mse.fiches.libelles import INTERDIT
from mse.fiches.libelles import PARTIES as LIBELLES_PARTIES
from mse.fiches.limites import REPONSE_MAX, REPONSE_MIN
from mse.fiches.locking import disparu, verrouille
from mse.fiches.publication import exige_acteurs_ouverts, publier
from mse.fiches.workflow import (
    EtatDemande,
    Moderation,
    NatureEtape,
    Publication,
    Statut,
    Valeur,
    derive_statut,
)

__all__ = [
    "INTERDIT",
    "LIBELLES_PARTIES",
    "REPONSE_MAX",
    "REPONSE_MIN",
    "EtatDemande",
    "Moderation",
    "NatureEtape",
    "Publication",
    "Statut",
    "Trouvaille",
    "Valeur",
    "check_fiche",
    "derive_statut",
    "disparu",
    "exige_acteurs_ouverts",
    "offer",
    "publier",
    "souligner",
    "verrouille",
]
