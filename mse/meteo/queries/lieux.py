"""Territoires as the weather pages name them, with their ancestors and children."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from mse.annuaire.queries import list_noms_de_territoires
from mse.core.cache import THIRTY_SECONDS, cached_for
from mse.demarche import get_demarche

Noms = tuple[tuple[str, str], ...]  # codes and names


@dataclass(frozen=True)
class Lieu:
    code: str
    nom: str
    lignee: Noms  # its ancestors, the largest first
    enfants: Noms
    voisins: Noms  # the other children of its parent

    @property
    def noms(self) -> Noms:
        """Return the territoire itself, then its children."""
        return ((self.code, self.nom), *self.enfants)


@cached_for(THIRTY_SECONDS)
def get_lieux() -> Mapping[str, Lieu]:
    """Return all territoires by code, cached for 30 seconds."""
    lignees: dict[str, Noms] = {}
    enfants: defaultdict[str | None, list[tuple[str, str]]] = defaultdict(list)
    lignes = list_noms_de_territoires()  # parents before children
    for code, nom, _niveau, parent_code in lignes:
        enfants[parent_code].append((code, nom))
        lignees[code] = lignees[parent_code] if parent_code else ()
        lignees[code] = (*lignees[code], (code, nom))
    return {
        code: Lieu(
            code,
            nom,
            lignees[code][:-1],
            enfants=tuple(enfants[code]),
            voisins=tuple(un for un in enfants[parent_code] if un[0] != code) if parent_code else (),
        )
        for code, nom, _niveau, parent_code in lignes
    }


def get_lieu_de_la_demarche() -> Lieu | None:
    """Return the root territoire; None before the database is initialised."""
    return get_lieux().get(get_demarche().territoires.racine)
