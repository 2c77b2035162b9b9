"""Figures of the answers that an acteur owed in a quarter (docs/regles/bilans.md). Pure functions."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from mse.core.clock import local_date
from mse.core.working_days import count_working_days
from mse.demarche import get_demarche
from mse.fiches.api import NatureEtape, Valeur
from mse.meteo.queries.reponses_dues import ReponseDue

DIX_MILLE = 10_000


@dataclass(frozen=True, kw_only=True)
class Chiffres:
    """`dues`: answers due in the quarter; `tenues`: those given in time; `repondues`: given, late or not.

    `delai`: median of the working days of the given answers. `oui`, `en_partie`, `non`: verdicts of the
    delegates on them.
    """

    dues: int = 0
    tenues: int = 0
    repondues: int = 0
    delai: float | None = None
    oui: int = 0
    en_partie: int = 0
    non: int = 0

    @property
    def manquees(self) -> int:
        """Return the number of answers that were missing on their due date."""
        return self.dues - self.tenues

    @property
    def part(self) -> int:
        """Return the share that was missing, in ten-thousandths; 0 if nothing was due."""
        return round(DIX_MILLE * self.manquees / self.dues) if self.dues else 0

    @property
    def pourcentage(self) -> int:
        return round(100 * self.manquees / self.dues) if self.dues else 0

    @property
    def verdicts(self) -> int:
        return self.oui + self.en_partie + self.non

    @property
    def est_jugee(self) -> bool:
        """True if there are enough answers for a share, a delay and verdicts to mean something."""
        return self.dues >= get_demarche().meteo.minimum

    def figer(self) -> dict[str, Any]:
        """Return the values to store; `Chiffres(**values)` reads them."""
        return asdict(self)


class Cumul:
    """Adds up due answers one by one."""

    def __init__(self) -> None:
        self._dues = self._tenues = 0
        self._delais: list[int] = []
        self._verdicts: Counter[Valeur] = Counter()

    def ajouter(self, due: ReponseDue) -> None:
        self._dues += 1
        self._tenues += due.echeance.est_tenue
        delai = measure_delai(due)
        if delai is not None:
            self._delais.append(delai)
        verdict = find_verdict(due)
        if verdict is not None:
            self._verdicts[verdict] += 1

    def chiffrer(self) -> Chiffres:
        return Chiffres(
            dues=self._dues,
            tenues=self._tenues,
            repondues=len(self._delais),
            delai=float(median(self._delais)) if self._delais else None,
            oui=self._verdicts[Valeur.OUI],
            en_partie=self._verdicts[Valeur.EN_PARTIE],
            non=self._verdicts[Valeur.NON],
        )


def compute(dues: Iterable[ReponseDue]) -> Chiffres:
    cumul = Cumul()
    for due in dues:
        cumul.ajouter(due)
    return cumul.chiffrer()


def measure_delai(due: ReponseDue) -> int | None:
    """Return the working days from the day on which the owner got the saisine to the first detailed answer;
    None without an answer."""
    tenue_le = due.echeance.tenue_le
    return None if tenue_le is None else count_working_days(local_date(due.recue_le), local_date(tenue_le))


def find_verdict(due: ReponseDue) -> Valeur | None:
    """Return the last verdict on the answer to this due date. A new answer forgets the verdict on the former
    one, as in the météo."""
    debut, fin = due.echeance.tenue_le, due.echeance.remplacee_le
    if debut is None:
        return None
    verdict = None
    for fait in due.faits:
        if fait.saisine_id != due.saisine_id or fait.le < debut or (fin is not None and fait.le >= fin):
            continue
        if fait.nature in (NatureEtape.REPONSE, NatureEtape.REGLEMENT):
            verdict = None
        elif fait.nature == NatureEtape.AVIS:
            verdict = fait.valeur
    return verdict
