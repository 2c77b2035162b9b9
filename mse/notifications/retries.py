"""Rules on retries of mails that could not be sent."""

from datetime import timedelta

from mse.core.clock import now
from mse.notifications.messages import ClaimedMail

PAUSES = [
    timedelta(minutes=n) for n in (1, 2, 5, 15, 30, 60, 60, 60, 120, 240, 480)
]  # the last one is repeated
PAUSE_PANNE = timedelta(hours=1)  # maximum if the server is down, because all mails wait for it
PATIENCE = timedelta(days=5)  # how long a deferred mail is retried (RFC 5321, 4.5.4.1: at least 4 or 5)


def pause(essais: int, *, panne: bool) -> timedelta:
    """Return the time before the next attempt, after `essais` failed ones. `panne`: the failure concerns the
    whole server, not this mail."""
    suivante = PAUSES[min(essais, len(PAUSES) - 1)]
    return min(suivante, PAUSE_PANNE) if panne else suivante


def is_hopeless(mail: ClaimedMail, erreur: str) -> bool:
    """True if a mail is older than `PATIENCE` and its last two attempts failed for the same reason. A
    temporary outage would have changed the reason."""
    return mail.cree_le < now() - PATIENCE and mail.erreur == erreur
