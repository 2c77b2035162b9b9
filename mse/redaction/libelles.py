"""Labels of the texts that templates and drafts are written for, as users read them."""

from mse.core.text import lazy
from mse.redaction.workflow import Geste

GESTES = {
    Geste.REPONDRE: lazy("Répondre"),
    Geste.REGLER: lazy("Déclarer réglée"),
    Geste.ABANDONNER: lazy("Abandonner"),
    Geste.ETAPE: lazy("Ajouter une étape"),
}
INTERDIT = lazy("Vous n’avez pas le droit de faire cela sur ce modèle.")
