"""What the relecture of a fiche catches before it is filed: personal data and insults (domaine.md, Filing).

Words alone prove nothing: the delegate rewrites, or an animateur reads the fiche before everybody.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mse.core.coordonnees import find_coordonnees
from mse.fiches.models import PARTIES, Fiche

# How to find somebody on a network: «snap : kev.13».
_PSEUDONYME = re.compile(
    r"(?<!\w)(?:snap(?:chat)?|insta(?:gram)?|tiktok|telegram|discord|whatsapp|facebook|fb)\s*[:=@]\s*@?\w[\w.-]*",
    re.IGNORECASE,
)
_PERSONNE = "ce|cet|cette|ces|un|une|gros|grosse|petite?|vieux|vieille|espèce de|bande d[e’']"
_INJURE = re.compile(
    r"(?<!\w)(?:"
    r"connards?|connass?es?|cons?|connes?|enculée?s?|enfoirée?s?|salope?s?|salopards?|salauds?|putes?"
    r"|pétasses?|pouffiasses?|raclures?|fdp|ntm"
    r"|bougnoule?s?|bicots?|n[èe]gres?|négros?|youpins?|bamboulas?|chinetoques?|sidaïques?"
    r"|pédés?|tarlouzes?|tafioles?|gouines?|travelos?"
    r"|sales?\s+(?:arabe|noire?|juif|juive|gitane?|musulmane?|blanche?|turc|turque|rebeu|étranger|étrangère)s?"
    rf"|(?:{_PERSONNE})\s*(?:gros\s+|grosse\s+)?(?:débile|abrutie?|crétine?|imbécile|idiote?|bouffonne|bouffon)s?"
    r")(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Trouvaille:
    champ: str  # titre or one of the four parts
    extrait: str


def check_fiche(fiche: Fiche) -> list[Trouvaille]:
    """Each distinct excerpt once, in the order of the fiche."""
    return list(dict.fromkeys(_scan(fiche)))


def _scan(fiche: Fiche) -> Iterator[Trouvaille]:
    for champ in ("titre", *PARTIES):
        texte = getattr(fiche, champ)
        trouves = [match.group() for motif in (_PSEUDONYME, _INJURE) for match in motif.finditer(texte)]
        for extrait in (*find_coordonnees(texte), *trouves):
            yield Trouvaille(champ, extrait)
