"""Civil quarters, in the local days of the démarche."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from mse.core.errors import TransitionInterdite
from mse.core.text import _

_CODE = re.compile(r"(\d{4})-T([1-4])", re.ASCII)
UN_JOUR = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Trimestre:
    annee: int
    numero: int  # 1 to 4

    @classmethod
    def du(cls, jour: date) -> "Trimestre":
        """Return the quarter of that day."""
        return cls(jour.year, (jour.month + 2) // 3)

    @classmethod
    def lire(cls, code: str) -> "Trimestre | None":
        """Return the quarter that is written `2026-T3`, or None."""
        trouve = _CODE.fullmatch(code)
        annee = int(trouve[1]) if trouve else 0
        return cls(annee, int(trouve[2])) if trouve and date.min.year < annee < date.max.year else None

    @property
    def code(self) -> str:
        return f"{self.annee:04}-T{self.numero}"

    @property
    def nom(self) -> str:
        """Return the name in words, «3e trimestre 2026»."""
        rang = _("1er") if self.numero == 1 else _("%(n)se", n=self.numero)
        return _("%(rang)s trimestre %(annee)s", rang=rang, annee=self.annee)

    @property
    def debut(self) -> date:
        return date(self.annee, 3 * self.numero - 2, 1)

    @property
    def fin(self) -> date:
        """Return its last day."""
        return self.suivant.debut - UN_JOUR

    @property
    def suivant(self) -> "Trimestre":
        return Trimestre(self.annee + self.numero // 4, self.numero % 4 + 1)

    @property
    def precedent(self) -> "Trimestre":
        return Trimestre.du(self.debut - UN_JOUR)

    def est_fini(self, le: date) -> bool:
        return le > self.fin

    def exige_fini(self, le: date) -> None:
        """Raise `TransitionInterdite` if the quarter is not over."""
        if not self.est_fini(le):
            raise TransitionInterdite(
                _("Ce trimestre n’est pas fini\u202f: son bilan s’envoie après le dernier jour.")
            )

    def compte_jusqu_au(self, le: date) -> date:
        """Return the last day that counts on the day `le`: the end of the quarter, the day before `le` at the
        latest, because an answer due today may still come in time."""
        return min(self.fin, le - UN_JOUR)
