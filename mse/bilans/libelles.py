"""The figures in words."""

from mse.bilans.chiffres import Chiffres
from mse.bilans.models import AQui
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


def dire_destination(a_qui: AQui, nombre: int) -> str:
    """Return whom a report goes to, in words that follow «à»."""
    if a_qui == AQui.REFERENTS:
        return ngettext("%(num)s personne référente", "%(num)s personnes référentes", nombre)
    if a_qui == AQui.AGENTS:
        return ngettext("%(num)s personne de l’équipe", "%(num)s personnes de l’équipe", nombre)
    return _("la boîte aux lettres")
