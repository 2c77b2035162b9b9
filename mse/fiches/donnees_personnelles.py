"""What must not become public by oversight: telephone numbers and mail addresses in a fiche."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mse.fiches.models import PARTIES, Fiche

_COURRIEL = re.compile(r"[\w.+'-]+\s?(?:@|\(at\)|\[at\]|\(arobase\))\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_ENTRE = r"[\s.\-/_]*"  # people group digits as they like; \s knows the no-break spaces
_TELEPHONE = re.compile(
    rf"(?<!\d)(?:"
    rf"(?:0|(?:\+|00){_ENTRE}33{_ENTRE}(?:\(0\))?){_ENTRE}[1-9](?:{_ENTRE}\d){{8}}"  # French, national or not
    rf"|\+{_ENTRE}[1-9](?:{_ENTRE}\d){{8,13}}"  # any other country
    rf")(?!\d)"
)


@dataclass(frozen=True)
class Trouvaille:
    champ: str  # titre or one of the four parts
    extrait: str


def find_personal_data(fiche: Fiche) -> list[Trouvaille]:
    """Each distinct excerpt once, in the order of the fiche."""
    return list(dict.fromkeys(_scan(fiche)))


def _scan(fiche: Fiche) -> Iterator[Trouvaille]:
    for champ in ("titre", *PARTIES):
        for extrait in find_in(getattr(fiche, champ)):
            yield Trouvaille(champ, extrait)


def find_in(texte: str) -> list[str]:
    """The excerpts of any text that give a mail address or a telephone number."""
    return [match.group().strip() for motif in (_COURRIEL, _TELEPHONE) for match in motif.finditer(texte)]
