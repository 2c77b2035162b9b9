"""Use cases of initiatives: propose, edit, become a porteur, participate, link fiches, moderate."""

from mse.initiatives.use_cases.demander import (
    accepter_portage,
    decliner_portage,
    demander_portage,
    retirer_demande,
)
from mse.initiatives.use_cases.documents import ajouter_documents, retirer_document
from mse.initiatives.use_cases.ecrire import (
    avancer_initiative,
    donner_nouvelle,
    modifier_initiative,
    proposer_initiative,
)
from mse.initiatives.use_cases.lier import delier_fiche, lier_fiche
from mse.initiatives.use_cases.moderer import masquer_ligne, retablir_initiative, retirer_initiative
from mse.initiatives.use_cases.porter import ajouter_porteur, ne_plus_participer, participer, quitter_portage

__all__ = [
    "accepter_portage",
    "ajouter_documents",
    "ajouter_porteur",
    "avancer_initiative",
    "decliner_portage",
    "delier_fiche",
    "demander_portage",
    "donner_nouvelle",
    "lier_fiche",
    "masquer_ligne",
    "modifier_initiative",
    "ne_plus_participer",
    "participer",
    "proposer_initiative",
    "quitter_portage",
    "retablir_initiative",
    "retirer_demande",
    "retirer_document",
    "retirer_initiative",
]
