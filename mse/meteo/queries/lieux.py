"""The territoires as the weather's pages name them: what each lies in, what it is made of."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from mse.annuaire.queries import list_noms_de_territoires
from mse.core.remembered import HALF_A_MINUTE, remembered
from mse.demarche import get_demarche

Noms = tuple[tuple[str, str], ...]  # codes and names


@dataclass(frozen=True)
class Lieu:
    code: str
    nom: str
    lignee: Noms  # what it lies in, the widest first
    enfants: Noms

    @property
    def noms(self) -> Noms:
        """Itself, then its parts."""
        return ((self.code, self.nom), *self.enfants)


@remembered(HALF_A_MINUTE)
def get_lieux() -> Mapping[str, Lieu]:
    """By code."""
    lignees: dict[str, Noms] = {}
    enfants: defaultdict[str | None, list[tuple[str, str]]] = defaultdict(list)
    lignes = list_noms_de_territoires()  # from top to bottom
    for code, nom, _niveau, parent_code in lignes:
        enfants[parent_code].append((code, nom))
        lignees[code] = lignees[parent_code] if parent_code else ()
        lignees[code] = (*lignees[code], (code, nom))
    return {
        code: Lieu(code, nom, lignees[code][:-1], tuple(enfants[code]))
        for code, nom, _niveau, _parent in lignes
    }


def get_lieu_de_la_demarche() -> Lieu | None:
    """None before anything was initialised."""
    return get_lieux().get(get_demarche().territoires.racine)
