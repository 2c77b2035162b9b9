"""The figures in words."""

from mse.bilans.chiffres import Chiffres
from mse.core.text import _, ngettext


def dire_raison(chiffres: Chiffres) -> str:
    """Return why the acteur stands where it does."""
    if not chiffres.manquees:
        return _("Aucune réponse n’a manqué à sa date")
    return ngettext(
        "%(num)s réponse sur %(dues)s a manqué à sa date",
        "%(num)s réponses sur %(dues)s ont manqué à leur date",
        chiffres.manquees,
        dues=chiffres.dues,
    )


def dire_delai(delai: float | None) -> str:
    """Return a median delay, «12 jours ouvrés», «12,5 jours ouvrés»."""
    if delai is None:
        return _("aucune réponse")
    n = int(delai)
    if n != delai:
        return _("%(n)s jours ouvrés", n=f"{n},5")
    return ngettext("%(num)s jour ouvré", "%(num)s jours ouvrés", n)
