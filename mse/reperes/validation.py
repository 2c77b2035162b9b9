"""Check what a repère says: lengths, insults, dates, link. It happens before the transaction (`prepared`)."""

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlsplit

from mse.core.clock import today
from mse.core.errors import DonneeInvalide
from mse.core.html import sanitized
from mse.core.text import _
from mse.core.text_length import require_length
from mse.reperes.limites import (
    BASE_MAX,
    LIEN_MAX,
    MOTIF_MAX,
    MOTIF_MIN,
    REVUE_MAX,
    TERRITOIRES_MAX,
    TEXTE_MAX,
    TEXTE_MIN,
    THEMES_MAX,
    TITRE_MAX,
)
from mse.verification.api import exige_sans_injures

_YEARS = range(2000, 2100)


@dataclass(frozen=True, kw_only=True)
class Contenu:
    """What a repère says. `themes`, `territoires`: codes. A draft may lack everything but a title."""

    titre: str
    texte: str
    base: str
    base_lien: str | None
    themes: tuple[str, ...]
    territoires: tuple[str, ...]
    valable_du: date | None
    a_revoir_le: date | None


def read_brouillon(contenu: Contenu) -> Contenu:
    """Check a draft: maximum lengths, the link and the years. The rest is checked at publication."""
    _exige_annees(contenu)
    return replace(
        contenu,
        titre=_one_line(_champ("titre", contenu.titre, 1, TITRE_MAX)),
        texte=sanitized(_champ("texte", contenu.texte, 0, TEXTE_MAX)),
        base=_one_line(_champ("base", contenu.base, 0, BASE_MAX)),
        base_lien=exige_lien(contenu.base_lien),
        themes=_few("themes", contenu.themes, THEMES_MAX),
        territoires=_few("territoires", contenu.territoires, TERRITOIRES_MAX),
    )


def read_contenu(contenu: Contenu) -> Contenu:
    """Check what is about to become public."""
    propre = read_brouillon(contenu)
    _champ("texte", contenu.texte, TEXTE_MIN, TEXTE_MAX)
    _champ("base", contenu.base, 1, BASE_MAX)
    for nom in ("titre", "texte", "base"):
        _publiable(nom, getattr(propre, nom))
    if not propre.themes:
        raise DonneeInvalide(_("Choisissez au moins un thème."), champ="themes")
    if not propre.territoires:
        raise DonneeInvalide(_("Choisissez au moins un territoire."), champ="territoires")
    if propre.valable_du is None:
        raise DonneeInvalide(_("Dites depuis quand ce repère vaut."), champ="valable_du")
    exige_revue(propre.a_revoir_le, valable_du=propre.valable_du)
    return propre


def exige_revue(a_revoir_le: date | None, *, valable_du: date | None) -> date:
    """Return the date of the next review. Raise `DonneeInvalide` unless it is to come, within three years,
    and after the first day on which the repère holds."""
    champ = "a_revoir_le"
    if a_revoir_le is None:
        raise DonneeInvalide(_("Dites quand ce repère sera à revoir."), champ=champ)
    if a_revoir_le <= today():
        raise DonneeInvalide(_("Cette date est passée\u202f: choisissez un jour à venir."), champ=champ)
    if a_revoir_le > today() + REVUE_MAX:
        raise DonneeInvalide(
            _("C’est trop loin\u202f: un repère se revoit au moins tous les trois ans."), champ=champ
        )
    if valable_du is not None and a_revoir_le <= valable_du:
        raise DonneeInvalide(_("Cette date vient avant le jour où le repère commence à valoir."), champ=champ)
    return a_revoir_le


def add_year(le: date) -> date:
    """Return the date of review that the forms propose: the same day a year later."""
    return le.replace(year=le.year + 1, day=28 if (le.month, le.day) == (2, 29) else le.day)


def exige_motif(texte: str) -> str:
    """Check why a repère is changed, replaced or withdrawn. It is public, and plain text."""
    return exige_sans_injures(require_length(texte, MOTIF_MIN, MOTIF_MAX))


def exige_lien(lien: str | None) -> str | None:
    """Return the link of the legal basis, None if it is empty. Raise `DonneeInvalide` unless it is an address
    on the web."""
    texte = _champ("base_lien", lien or "", 0, LIEN_MAX).strip()
    if not texte:
        return None
    try:
        parts = urlsplit(texte)
        valable = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.username
        valable = valable and parts.port != 0 and not any(c.isspace() for c in texte)
    except ValueError:
        valable = False
    if not valable:
        raise DonneeInvalide(
            _("Collez une adresse entière, par exemple https://www.legifrance.gouv.fr."), champ="base_lien"
        )
    return texte


def _exige_annees(contenu: Contenu) -> None:
    for champ in ("valable_du", "a_revoir_le"):
        jour = getattr(contenu, champ)
        if jour is not None and jour.year not in _YEARS:
            raise DonneeInvalide(_("Vérifiez l’année de cette date."), champ=champ)


def _champ(nom: str, texte: str, minimum: int, maximum: int) -> str:
    try:
        return require_length(texte, minimum, maximum)
    except DonneeInvalide as error:
        error.champ = nom
        raise


def _publiable(nom: str, texte: str) -> None:
    try:
        exige_sans_injures(texte)
    except DonneeInvalide as error:
        error.champ = nom
        raise


def _one_line(texte: str) -> str:
    return " ".join(texte.split())


def _few(champ: str, codes: tuple[str, ...], maximum: int) -> tuple[str, ...]:
    uniques = tuple(dict.fromkeys(codes))
    if len(uniques) > maximum:
        raise DonneeInvalide(_("C’est trop\u202f: choisissez-en au plus %(max)s.", max=maximum), champ=champ)
    return uniques
