"""Counting pages without knowing anybody: two numbers a day in the memory of a process, written now and then.

What was counted since the last writing, a minute at most, is lost when the process dies: nobody misses it.
"""

import time
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from threading import Lock

RYTHME = 60.0  # seconds between two writings


@dataclass
class Nombres:
    pages: int = 0
    visites: int = 0


Passages = dict[date, Nombres]


class Compteur:
    """Of one process; its threads share it."""

    def __init__(self, rythme: float = RYTHME) -> None:
        self._rythme, self._lock = rythme, Lock()
        self._passages: defaultdict[date, Nombres] = defaultdict(Nombres)
        self._ecrit = time.monotonic()

    def compter(self, jour: date, *, visite: bool) -> Passages:
        """What is to be written now: mostly nothing."""
        with self._lock:
            nombres = self._passages[jour]
            nombres.pages += 1
            nombres.visites += visite
            if time.monotonic() - self._ecrit < self._rythme:
                return {}
            return self._take()

    def rendre(self, passages: Passages) -> None:
        """They could not be written: with the next ones."""
        with self._lock:
            for jour, nombres in passages.items():
                self._passages[jour].pages += nombres.pages
                self._passages[jour].visites += nombres.visites

    def _take(self) -> Passages:
        pris, self._passages = dict(self._passages), defaultdict(Nombres)
        self._ecrit = time.monotonic()
        return pris
