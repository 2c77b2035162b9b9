"""Where the pages stand whose texts can be masked."""

from typing import Any

from mse.masquage.workflow import Sujet

_ADRESSES = {
    Sujet.FICHE: ("fiches.detail", "fiche_id"),
    Sujet.INITIATIVE: ("initiatives.detail", "initiative_id"),
    Sujet.REPERE: ("reperes.detail", "repere_id"),
}


def locate(sujet: str, page_id: int) -> tuple[str, dict[str, Any]]:
    """Return the endpoint of a page and its URL arguments."""
    endpoint, argument = _ADRESSES[Sujet(sujet)]
    return endpoint, {argument: page_id}
