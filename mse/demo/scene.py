"""Who and what the story has brought on stage so far, by the names the files give them."""

from dataclasses import dataclass, field
from random import Random

from mse.annuaire.models import Acteur, Promotion
from mse.comptes.models import Compte
from mse.fiches.models import Fiche, Saisine


@dataclass
class Scene:
    """Filled as the agenda goes; nothing is read from the database."""

    mot_de_passe: str  # hashed once, the same for all
    rng: Random
    comptes: dict[str, Compte] = field(default_factory=dict)  # by mail address
    acteurs: dict[str, Acteur] = field(default_factory=dict)  # S07, OF34
    agents: dict[str, Compte] = field(default_factory=dict)  # who acts for an acteur these days
    promotions: dict[str, Promotion] = field(default_factory=dict)  # of34-a1
    delegues: dict[str, list[Compte]] = field(default_factory=dict)  # titulaire, suppléant
    fiches: dict[str, Fiche] = field(default_factory=dict)  # F001

    def saisine(self, fiche: str, acteur: str) -> Saisine:
        cible = self.acteurs[acteur]
        return next(saisine for saisine in self.fiches[fiche].saisines if saisine.acteur is cible)

    @property
    def animatrice(self) -> Compte:
        return self.comptes["animation@demo.example"]
