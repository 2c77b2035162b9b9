"""Names of thèmes and territoires, and the territoires above one; cached for a minute."""

from collections.abc import Mapping
from dataclasses import dataclass

from mse.annuaire.queries import list_noms_de_territoires, list_noms_de_themes
from mse.core.cache import cached_for


@dataclass(frozen=True)
class Noms:
    """Names by code."""

    themes: dict[str, str]
    territoires: dict[str, str]


@cached_for(60)
def get_noms() -> Noms:
    return Noms(
        {theme.code: theme.libelle for theme in list_noms_de_themes()},
        {lieu.code: lieu.nom for lieu in list_noms_de_territoires()},
    )


def read_parents() -> dict[str, str | None]:
    """Return the territoire above each territoire, as it is now."""
    return {lieu.code: lieu.parent_code for lieu in list_noms_de_territoires()}


_get_parents = cached_for(60)(read_parents)


def list_lignee(code: str, parents: Mapping[str, str | None] | None = None) -> list[str]:
    """Return the territoire, then those above it, by default as they were at most a minute ago."""
    parents, lignee, courant = parents or _get_parents(), list[str](), code
    while courant and courant not in lignee:
        lignee.append(courant)
        courant = parents.get(courant) or ""
    return lignee


def list_racines() -> list[str]:
    """Return the territoires that have none above them."""
    return [code for code, parent in _get_parents().items() if parent is None]
