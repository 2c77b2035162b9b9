"""How pages say how many others have the same problem."""

from mse.core.text import _, ngettext, nombre
from mse.fiches.queries.listes import PETIT


def dire_aussi(promotions: int, personnes: int) -> str:
    """Return «12 promotions, 140 personnes aussi». A number of people below 5 could identify somebody."""
    if not promotions:
        return ""
    qui = ngettext(
        "%(nombre)s autre promotion", "%(nombre)s autres promotions", promotions, nombre=nombre(promotions)
    )
    if personnes < PETIT:
        return _("%(qui)s, moins de 5 personnes aussi", qui=qui) if personnes else _("%(qui)s aussi", qui=qui)
    return _("%(qui)s, %(nombre)s personnes aussi", qui=qui, nombre=nombre(personnes))
