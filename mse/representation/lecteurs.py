"""The reader of «mon espace», and the registry of the tasks that the page lists. Each capability declares its
sources in `lectures.py` (ADR 22)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mse.comptes.models import Compte
from mse.core.clock import today
from mse.core.registry import Registry, Tally
from mse.representation.policies import Roles, roles_de

_NONE = [0]  # no row has this id


@dataclass(frozen=True, kw_only=True)
class Lecteur:
    """A person who reads «mon espace», with the person's roles on the day `le`."""

    compte: Compte
    roles: Roles
    le: date

    @classmethod
    def du_jour(cls, compte: Compte) -> "Lecteur":
        return cls(compte=compte, roles=roles_de(compte), le=today())

    @property
    def parameters(self) -> Mapping[str, Any]:
        """Values of the bound parameters. No list is empty: for an empty IN, SQLite scans the table."""
        return {
            "compte": self.compte.id,
            "acteurs": list(self.roles.agent_de) or _NONE,
            "delegue_de": list(self.roles.delegue_de) or _NONE,
            "promotions": list(self.roles.promotions) or _NONE,
            "animateur": self.roles.est_animateur,
            "le": self.le,
        }


TRAVAUX: Registry[Lecteur] = Registry()  # filled by `mse/app.py`


def count_travaux(compte: Compte) -> Tally:
    """Count what every page shows to a person: the total of the fiches and requests that wait for this person
    today, and the numbers of the header."""
    return TRAVAUX.count(Lecteur.du_jour(compte), pressing=True)
