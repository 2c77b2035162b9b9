"""Mail about confidential reports: it says that something waits, and nothing else."""

from mse.confidentiel.events import SignalementEnAttente
from mse.confidentiel.models import Confidence
from mse.confidentiel.queries import list_adresses_referents
from mse.core.text import _
from mse.core.web import lien
from mse.extensions import db
from mse.notifications.annonces import mails
from mse.notifications.mails import mail


@mails(SignalementEnAttente)
def mail_referents(event: SignalementEnAttente) -> None:
    """Mail the référents, unless somebody has answered meanwhile."""
    signalement = db.session.get(Confidence, event.confidentiel_id)
    if signalement is not None and signalement.attend_depuis is not None:
        page = lien("accueil.mon_espace")
        mail(event, list_adresses_referents(), lien=page, lien_texte=_("Ouvrir mon espace"))
