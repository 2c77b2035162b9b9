"""Run the ladder on a day, as the worker does, and read the reminders that left."""

from datetime import UTC, date, datetime, time

from mse.core.clock import at
from mse.extensions import db
from mse.notifications.models import Courriel
from mse.relances.use_cases.relancer import relancer_du_jour
from tests.notifications.conftest import take_mails


def run_ladder(jour: date, heure: int = 9) -> dict[str, list[str]]:
    """Return the titles of the fiches in the reminder of each address. `heure`: in UTC."""
    with at(datetime.combine(jour, time(heure), UTC)):
        relancer_du_jour()
        return read_reminders()


def read_reminders() -> dict[str, list[str]]:
    db.session.rollback()
    rappels = [mail for mail in take_mails() if mail.evenement == "relances_envoyees"]
    adresses = [str(mail.destinataire) for mail in rappels]
    assert len(set(adresses)) == len(adresses), "one reminder mail a person and day"
    return {str(mail.destinataire): _titles(mail) for mail in rappels}


def _titles(mail: Courriel) -> list[str]:
    lignes = (mail.texte or "").splitlines()
    return [ligne.removeprefix("- ").rpartition(" (")[0] for ligne in lignes if ligne.startswith("- ")]
