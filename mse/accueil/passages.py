"""In-memory counter of page views without personal data: two counts a day, stored every minute.

The counts of the last minute are lost if the process is killed, which is acceptable.
"""

import time
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from threading import Lock

RYTHME = 60.0  # seconds between two writes


@dataclass
class Nombres:
    pages: int = 0
    visites: int = 0


Passages = dict[date, Nombres]


class Compteur:
    """Counter of one process, shared by its threads."""

    def __init__(self, rythme: float = RYTHME) -> None:
        self._rythme, self._lock = rythme, Lock()
        self._passages: defaultdict[date, Nombres] = defaultdict(Nombres)
        self._ecrit = time.monotonic()

    def compter(self, jour: date, *, visite: bool) -> Passages:
        """Count a page view. Return the counts to store now, empty most of the time."""
        with self._lock:
            nombres = self._passages[jour]
            nombres.pages += 1
            nombres.visites += visite
            if time.monotonic() - self._ecrit < self._rythme:
                return {}
            return self._take()

    def rendre(self, passages: Passages) -> None:
        """Add back counts that could not be stored; they are stored with the next ones."""
        with self._lock:
            for jour, nombres in passages.items():
                self._passages[jour].pages += nombres.pages
                self._passages[jour].visites += nombres.visites

    def _take(self) -> Passages:
        pris, self._passages = dict(self._passages), defaultdict(Nombres)
        self._ecrit = time.monotonic()
        return pris
