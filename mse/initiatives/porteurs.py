"""Rules on the porteurs of an initiative."""

from mse.annuaire.models import Acteur
from mse.core.clock import today
from mse.initiatives.models import Initiative, Porteur
from mse.representation.models import Promotion


def make_porteur(initiative: Initiative, porteur: Promotion | Acteur) -> Porteur:
    promotion = porteur if isinstance(porteur, Promotion) else None
    return Porteur(
        initiative_id=initiative.id,
        promotion_id=promotion.id if promotion else None,
        acteur_id=None if promotion else porteur.id,
        organisme_id=promotion.organisme_id if promotion else porteur.id,
        depuis=today(),
    )


def porte_deja(initiative: Initiative, porteur: Promotion | Acteur) -> bool:
    """True if it is a current porteur. Call `verrouiller` first."""
    return any(actuel.equipe is porteur for actuel in initiative.porteurs_actuels)
