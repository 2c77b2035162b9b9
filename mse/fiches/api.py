"""Public interface of `mse.fiches` for higher capabilities, with its models, events, queries, policies."""

from mse.fiches.controle import Trouvaille, check_fiche, souligner
from mse.fiches.destinataires import offer
from mse.fiches.etapes import add_etape, autorise, dire_depassee, est_renvoi, exige_responsable_ouvert
from mse.fiches.filtres import exige_parmi, filter_url, get_choix, read_filtres
from mse.fiches.libelles import AVIS, ETAPES, INTERDIT, STATUTS, URGENCES, dire_avis
from mse.fiches.libelles import PARTIES as LIBELLES_PARTIES
from mse.fiches.limites import MOTIF_MAX, MOTIF_MIN, PIECES_OCTETS_MAX, REPONSE_MAX, REPONSE_MIN
from mse.fiches.locking import disparu, verrouille
from mse.fiches.publication import exige_acteurs_ouverts, publier, saisir
from mse.fiches.urgence import Urgence, classer
from mse.fiches.use_cases import traiter
from mse.fiches.validation import (
    exige_motif,
    exige_motif_reserve,
    exige_parole,
    exige_reponse,
)
from mse.fiches.workflow import (
    EN_DETAIL,
    PUBLICATIONS,
    Action,
    Decision,
    EtatDemande,
    Moderation,
    NatureEtape,
    Publication,
    Statut,
    Valeur,
    derive_statut,
    est_signalable,
)

__all__ = [
    "AVIS",
    "EN_DETAIL",
    "ETAPES",
    "INTERDIT",
    "LIBELLES_PARTIES",
    "MOTIF_MAX",
    "MOTIF_MIN",
    "PIECES_OCTETS_MAX",
    "PUBLICATIONS",
    "REPONSE_MAX",
    "REPONSE_MIN",
    "STATUTS",
    "URGENCES",
    "Action",
    "Decision",
    "EtatDemande",
    "Moderation",
    "NatureEtape",
    "Publication",
    "Statut",
    "Trouvaille",
    "Urgence",
    "Valeur",
    "add_etape",
    "autorise",
    "check_fiche",
    "classer",
    "derive_statut",
    "dire_avis",
    "dire_depassee",
    "disparu",
    "est_renvoi",
    "est_signalable",
    "exige_acteurs_ouverts",
    "exige_motif",
    "exige_motif_reserve",
    "exige_parmi",
    "exige_parole",
    "exige_reponse",
    "exige_responsable_ouvert",
    "filter_url",
    "get_choix",
    "offer",
    "publier",
    "read_filtres",
    "saisir",
    "souligner",
    "traiter",
    "verrouille",
]
