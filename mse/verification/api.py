"""Check a text before its publication, and refuse it where no moderator can read it first."""

from collections.abc import Iterable, Iterator

from mse.core.errors import DonneeInvalide
from mse.core.text import _
from mse.verification.coordonnees import find_contact_details, find_numbers
from mse.verification.noms import find_names
from mse.verification.passages import CONSEILS, Categorie, Passage
from mse.verification.propos import find_health, find_insults, find_stigma, find_threats

__all__ = ["Categorie", "Passage", "check_text", "exige_publiable", "exige_sans_injures"]

_REGLES = {
    Categorie.COORDONNEES: find_contact_details,
    Categorie.IDENTIFIANT: find_numbers,
    Categorie.MENACE: find_threats,
    Categorie.INJURE: find_insults,
    Categorie.DISCRIMINATION: find_stigma,
    Categorie.SANTE: find_health,
}


def check_text(texte: str) -> list[Passage]:
    """Return the passages that may harm a person, in the order of the text, without overlaps: of two, the one
    that begins first, then the longer one."""
    passages = list[Passage]()
    for passage in sorted(_scan(texte), key=lambda une: (une.debut, -une.fin)):
        if not passages or passage.debut >= passages[-1].fin:
            passages.append(passage)
    return passages


def _scan(texte: str) -> Iterator[Passage]:
    for debut, fin, fonction in find_names(texte):
        conseil = _("Écrivez seulement «\u202f%(fonction)s\u202f».", fonction=fonction) if fonction else None
        yield _passage(texte, debut, fin, Categorie.NOM, conseil)
    for categorie, find in _REGLES.items():
        for debut, fin in find(texte):
            yield _passage(texte, debut, fin, categorie)


def _passage(texte: str, debut: int, fin: int, categorie: Categorie, conseil: str | None = None) -> Passage:
    extrait = texte[debut:fin]
    debut += len(extrait) - len(extrait.lstrip())
    extrait = extrait.strip()
    return Passage(debut, debut + len(extrait), categorie, extrait, conseil or str(CONSEILS[categorie]))


def exige_publiable(texte: str) -> str:
    """Check text that is published without moderation.
    Raises `DonneeInvalide` if it holds contact details or insults."""
    return _exige_sans(
        (*find_contact_details(texte), *find_insults(texte)),
        texte,
        _("Enlevez %(mots)s\u202f: tout le monde pourrait le lire."),
    )


def exige_sans_injures(texte: str) -> str:
    """Check text published by an acteur or an animateur, which may give contact details.
    Raises `DonneeInvalide` if it holds insults."""
    return _exige_sans(
        find_insults(texte),
        texte,
        _("Enlevez %(mots)s\u202f: c’est une injure, et tout le monde pourrait la lire."),
    )


def _exige_sans(trouves: Iterable[tuple[int, int]], texte: str, phrase: str) -> str:
    mots = dict.fromkeys(texte[debut:fin].strip() for debut, fin in trouves)
    if mots:
        raise DonneeInvalide(phrase % {"mots": ", ".join(f"«\u202f{mot}\u202f»" for mot in mots)})
    return texte
