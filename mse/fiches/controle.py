"""Check a fiche before it is filed: names, contact details, insults, threats (docs/regles/fiches.md).

A match may be harmless. The delegate rewrites the text, or insists; then an animateur reads the fiche before
its publication.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import escape

from mse.core.html import mark
from mse.fiches.models import PARTIES, Fiche
from mse.verification.api import check_text


@dataclass(frozen=True)
class Trouvaille:
    champ: str  # titre or one of the four parts
    extrait: str
    raison: str
    conseil: str


def check_fiche(fiche: Fiche) -> list[Trouvaille]:
    """Return the distinct matches, in the order of the fiche."""
    return list(dict.fromkeys(_scan(fiche)))


def _scan(fiche: Fiche) -> Iterator[Trouvaille]:
    for champ in ("titre", *PARTIES):
        texte = getattr(fiche, champ)
        for passage in check_text(texte):
            yield Trouvaille(champ, passage.extrait, passage.raison, passage.conseil)


def souligner(fiche: Fiche, trouvailles: list[Trouvaille]) -> dict[str, str]:
    """Return the title and the parts as HTML with the matches marked, by attribute name of `Fiche`."""
    textes = {"titre": str(escape(fiche.titre))} | {
        f"{partie}_html": getattr(fiche, f"{partie}_html") for partie in PARTIES
    }
    return {
        nom: mark(html, [une.extrait for une in trouvailles if une.champ == nom.removesuffix("_html")])
        for nom, html in textes.items()
    }
