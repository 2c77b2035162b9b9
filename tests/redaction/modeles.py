"""Answer templates and drafts for tests."""

from typing import Any
from uuid import uuid4

from devtools.factories import Monde
from mse.redaction.models import ModeleReponse
from mse.redaction.use_cases.modeles import Contenu, creer_modele
from mse.redaction.workflow import Geste

TEXTE = (
    "Bonjour, nous avons bien lu « {titre} », déposée le {date de dépôt}. Nous demandons au transporteur de "
    "changer l’horaire, et nous vous répondrons avant le {échéance}.\n\n{signature}"
)


def make_modele(monde: Monde, titre: str = "Horaires des cars", **champs: Any) -> ModeleReponse:
    """A template of `transports`, for an answer about any thème."""
    valeurs = {"geste": Geste.REPONDRE, "theme_code": None, "texte": TEXTE, **champs}
    return creer_modele(monde.transports, Contenu(titre=titre, **valeurs), cle=str(uuid4()), par=monde.agent)
