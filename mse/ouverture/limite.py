"""Rate limit of the API: requests per minute, for each requester and each process."""

import time

from mse.core.cache import on_clear_caches
from mse.core.errors import TropDeDemandes
from mse.core.rate_limit import requester_key
from mse.core.text import ngettext

MINUTE = 60  # seconds


class _Compte:
    """Requests of the current minute, by requester. Emptied when the minute changes, so its size is
    bounded."""

    def __init__(self) -> None:
        self.minute = 0
        self.par_adresse: dict[str, int] = {}

    def add(self, adresse: str, minute: int) -> int:
        """Count a request and return the number of this requester."""
        if minute != self.minute:
            self.minute, self.par_adresse = minute, {}
        self.par_adresse[adresse] = nombre = self.par_adresse.get(adresse, 0) + 1
        return nombre


_compte = _Compte()


@on_clear_caches
def _forget() -> None:
    _compte.minute = 0


def count_request(address: str | None, limit: int) -> None:
    """Count a request of the API. Raise `TropDeDemandes` beyond `limit` in the current minute."""
    minute, seconds = divmod(int(time.monotonic()), MINUTE)
    if _compte.add(requester_key(address), minute) > limit:
        error = TropDeDemandes(
            ngettext(
                "Vous avez fait plus de %(limite)s demandes en une minute. Attendez %(num)s seconde.",
                "Vous avez fait plus de %(limite)s demandes en une minute. Attendez %(num)s secondes.",
                MINUTE - seconds,
                limite=limit,
            )
        )
        error.attente = MINUTE - seconds
        raise error
