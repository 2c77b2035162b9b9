"""The territoires under which a filter finds an object."""

from collections.abc import Iterable

from mse.annuaire.queries import list_noms_de_territoires
from mse.core.cache import cached_for


@cached_for(60)
def get_parents() -> dict[str, str | None]:
    return {lieu.code: lieu.parent_code for lieu in list_noms_de_territoires()}


def list_lignees(codes: Iterable[str | None]) -> list[str]:
    """Return these territoires and their ancestors, each once."""
    parents, found = get_parents(), dict[str, None]()
    for depart in codes:
        code = depart
        while code is not None and code not in found:
            found[code] = None
            code = parents.get(code)
    return list(found)
