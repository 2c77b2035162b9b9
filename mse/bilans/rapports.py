"""The report of an acteur for a quarter, as it is read and as it is frozen when it is sent."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from mse.bilans.chiffres import Chiffres
from mse.fiches.api import Valeur


@dataclass(frozen=True, kw_only=True)
class Ligne:
    """One answer that was due: the ids of its fiche and saisine, and what became of it."""

    fiche_id: int
    saisine_id: int
    theme_code: str
    due: date
    est_tenue: bool
    repondue_le: date | None
    verdict: Valeur | None

    @classmethod
    def lire(cls, valeurs: dict[str, Any]) -> "Ligne":
        repondue_le, verdict = valeurs["repondue_le"], valeurs["verdict"]
        jours = {
            "due": date.fromisoformat(valeurs["due"]),
            "repondue_le": repondue_le and date.fromisoformat(repondue_le),
            "verdict": verdict and Valeur(verdict),
        }
        return cls(**{**valeurs, **jours})

    def figer(self) -> dict[str, Any]:
        jours = {
            "due": self.due.isoformat(),
            "repondue_le": self.repondue_le and self.repondue_le.isoformat(),
            "verdict": self.verdict and self.verdict.value,
        }
        return {**asdict(self), **jours}


@dataclass(frozen=True, kw_only=True)
class ParTheme:
    theme_code: str
    dues: int
    manquees: int


@dataclass(frozen=True, kw_only=True)
class Rapport:
    """The figures of the quarter and of the one before, and each due answer, earliest due date first.

    It holds no text and no name: titles are read when it is shown, since a fiche may be withdrawn."""

    jusqu_au: date
    chiffres: Chiffres
    avant: Chiffres
    lignes: Sequence[Ligne]

    @classmethod
    def lire(cls, contenu: dict[str, Any]) -> "Rapport":
        """Read what `figer` returned."""
        return cls(
            jusqu_au=date.fromisoformat(contenu["jusqu_au"]),
            chiffres=Chiffres(**contenu["chiffres"]),
            avant=Chiffres(**contenu["avant"]),
            lignes=[Ligne.lire(une) for une in contenu["lignes"]],
        )

    def figer(self) -> dict[str, Any]:
        """Return the report as JSON values."""
        return {
            "jusqu_au": self.jusqu_au.isoformat(),
            "chiffres": self.chiffres.figer(),
            "avant": self.avant.figer(),
            "lignes": [une.figer() for une in self.lignes],
        }

    @property
    def manquees(self) -> list[Ligne]:
        """Return the answers that were missing on their due date."""
        return [une for une in self.lignes if not une.est_tenue]

    @property
    def tenues(self) -> list[Ligne]:
        return [une for une in self.lignes if une.est_tenue]

    @property
    def themes(self) -> list[ParTheme]:
        """Return the thèmes, the most frequent first."""
        codes = {une.theme_code for une in self.lignes}
        par_theme = [self._count(code) for code in codes]
        return sorted(par_theme, key=lambda un: (-un.dues, -un.manquees, un.theme_code))

    def _count(self, code: str) -> ParTheme:
        siennes = [une for une in self.lignes if une.theme_code == code]
        manquees = sum(not une.est_tenue for une in siennes)
        return ParTheme(theme_code=code, dues=len(siennes), manquees=manquees)
