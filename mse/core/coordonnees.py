"""What must not become public by oversight: telephone numbers and mail addresses."""

import re

from mse.core.errors import DonneeInvalide
from mse.core.textes import _

_COURRIEL = re.compile(r"[\w.+'-]+\s?(?:@|\(at\)|\[at\]|\(arobase\))\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_ENTRE = r"[\s.\-/_]*"  # people group digits as they like; \s knows the no-break spaces
_TELEPHONE = re.compile(
    rf"(?<!\d)(?:"
    rf"(?:0|(?:\+|00){_ENTRE}33{_ENTRE}(?:\(0\))?){_ENTRE}[1-9](?:{_ENTRE}\d){{8}}"  # French, national or not
    rf"|\+{_ENTRE}[1-9](?:{_ENTRE}\d){{8,13}}"  # any other country
    rf")(?!\d)"
)


def find_coordonnees(texte: str) -> list[str]:
    """The excerpts that give a mail address or a telephone number."""
    return [match.group().strip() for motif in (_COURRIEL, _TELEPHONE) for match in motif.finditer(texte)]


def exige_sans_coordonnees(texte: str) -> str:
    """Of what is public at once: nobody rereads it before."""
    if trouves := find_coordonnees(texte):
        mots = ", ".join(f"« {extrait} »" for extrait in trouves)
        raise DonneeInvalide(
            _("Ce texte sera public, et il contient des coordonnées : %(mots)s. Enlevez-les.", mots=mots)
        )
    return texte
