"""Objects of the demonstration created so far, by the names that the files give them."""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from mse.annuaire.models import Acteur
from mse.comptes.models import Compte
from mse.fiches.models import Fiche, Saisine
from mse.initiatives.models import Initiative
from mse.representation.models import Promotion


@dataclass
class Scene:
    """Objects by name, filled during the replay of the agenda, so that no query is needed."""

    aujourd_hui: date
    rng: Random
    noms: list[tuple[str, str]]  # first and family names still free
    acteurs: dict[str, Acteur] = field(default_factory=dict)  # S07, OF34
    agents: dict[str, Compte] = field(default_factory=dict)  # current agent of an acteur
    equipe: dict[str, Compte] = field(default_factory=dict)  # animation, admin
    promotions: dict[str, Promotion] = field(default_factory=dict)  # of34-a1
    delegues: dict[str, Compte] = field(default_factory=dict)  # titulaire of a promotion
    fiches: dict[str, Fiche] = field(default_factory=dict)  # F001
    initiatives: dict[str, Initiative] = field(default_factory=dict)  # I01

    def saisine(self, nom: str) -> Saisine:
        """Find the saisine of «F001 S07»: the fiche, then the acteur."""
        fiche, acteur = nom.split()
        cible = self.acteurs[acteur]
        return next(saisine for saisine in self.fiches[fiche].saisines if saisine.acteur is cible)

    def agent(self, saisine: str) -> Compte:
        """Return the current agent of the owner of the saisine."""
        return self.agents[saisine.split()[1]]

    @property
    def animatrice(self) -> Compte:
        return self.equipe["animation"]
