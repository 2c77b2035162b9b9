"""Detect contact details and insults in text that is about to become public. Runs in linear time.

Telephone numbers are found by patterns of our own. Google's library `phonenumbers` (9.0) was tried: it takes
`05-12-2026 18` and `le 05 12 2026 18 h` for telephone numbers, misses `06/12/34/56/78`, `06·12·34·56·78` and
numbers written with the narrow no-break space, and costs 23 MB and 0.3 s in each process.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from mse.core.errors import DonneeInvalide
from mse.core.text import _

_COURRIEL = re.compile(
    r"(?<![\w.+'-])[\w.+'-]++\s?(?:@|\(at\)|\[at\]|\(arobase\))\s?[\w-]++(?:\.[\w-]++)++", re.IGNORECASE
)
# A user name on a social network: «snap : kev.13».
_PSEUDONYME = re.compile(
    r"(?<!\w)(?:snap(?:chat)?|insta(?:gram)?|tiktok|telegram|discord|whatsapp|facebook|fb)"
    r"\s?[:=@]\s?@?\w[\w.-]*+",
    re.IGNORECASE,
)
_ENTRE = r"[\s.\-\u2010-\u2013·/_]{0,3}"  # separators between digits; \s includes the no-break spaces
_TELEPHONE = re.compile(
    rf"(?<!\d)(?:"
    rf"(?:\(?0{_ENTRE}|(?:\+|00){_ENTRE}33{_ENTRE}(?:\(0\){_ENTRE})?)(?P<national>[1-9]\)?(?:{_ENTRE}\d){{8}})"
    rf"|\+{_ENTRE}[1-9](?:{_ENTRE}\d){{8,13}}"  # numbers of any other country
    rf")(?!\d|\s?(?:€|euros?\b))"
)
_SUITE = re.compile(r"(\D{1,3})(?=\d\d(?!\d))")  # the next pair of digits, after a separator
_DATE = re.compile(
    r"(?<!\d)(?:"
    r"(?:0?[1-9]|[12]\d|3[01])(?P<sep>[/.\s-])(?:0?[1-9]|1[0-2])(?P=sep)(?:19|20)\d\d"
    r"|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d"
    r"|(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
    r")(?!\d)"
)

_PERSONNE = "ce|cet|cette|ces|un|une|gros|grosse|petite?|vieux|vieille|espèce de|bande d[e’']"
_INJURE = re.compile(
    r"(?<!\w)(?:"
    r"connards?|connass?es?|cons?|connes?|enculée?s?|enfoirée?s?|salope?s?|salopards?|salauds?|putes?"
    r"|pétasses?|pouffiasses?|raclures?|fdp|ntm"
    r"|bougnoule?s?|bicots?|n[èe]gres?|négros?|youpins?|bamboulas?|chinetoques?|sidaïques?"
    r"|pédés?|tarlouzes?|tafioles?|gouines?|travelos?"
    r"|sales?\s{1,3}(?:arabe|noire?|juif|juive|gitane?|musulmane?|blanche?|turc|turque|rebeu|étranger|étrangère)s?"
    rf"|(?:{_PERSONNE})\s{{0,3}}(?:gros\s+|grosse\s+)?"
    r"(?:débile|abrutie?|crétine?|imbécile|idiote?|bouffonne|bouffon)s?"
    r")(?!\w)",
    re.IGNORECASE,
)


def find_contact_details(texte: str) -> list[str]:
    """Return the excerpts that hold a mail address, a telephone number or a user name on a social network."""
    autres = (match.group().strip() for motif in (_COURRIEL, _PSEUDONYME) for match in motif.finditer(texte))
    return [*_find_telephones(texte), *autres]


def find_insults(texte: str) -> list[str]:
    """Return the excerpts that are insults."""
    return [match.group() for match in _INJURE.finditer(texte)]


def exige_publiable(texte: str) -> str:
    """Check text that is published without moderation.
    Raises `DonneeInvalide` if it holds contact details or insults."""
    return _exige_sans(
        [*find_contact_details(texte), *find_insults(texte)],
        texte,
        _("Enlevez %(mots)s : tout le monde pourrait le lire."),
    )


def exige_sans_injures(texte: str) -> str:
    """Check text published by an acteur or an animateur, which may give contact details.
    Raises `DonneeInvalide` if it holds insults."""
    return _exige_sans(
        find_insults(texte),
        texte,
        _("Enlevez %(mots)s : c’est une injure, et tout le monde pourrait la lire."),
    )


def _exige_sans(trouves: list[str], texte: str, phrase: str) -> str:
    if trouves:
        raise DonneeInvalide(phrase % {"mots": ", ".join(f"« {mot} »" for mot in dict.fromkeys(trouves))})
    return texte


def _find_telephones(texte: str) -> Iterator[str]:
    """Yield the telephone numbers of the text. Dates are removed first, because «le 05/12/2026 18 h» matches
    the pattern. After a rejected match the search resumes at its second character. A match has at most 60
    characters, so the time is linear."""
    texte = _DATE.sub("|", texte)
    debut = 0
    while match := _TELEPHONE.search(texte, debut):
        if _est_telephone(match):
            yield match.group().strip()
            debut = match.end()
        else:
            debut = match.start() + 1


def _est_telephone(match: re.Match[str]) -> bool:
    """Return False for dates («05/12/26 18 30»), series of pairs («08 42 09 15 10 30») and lists of rooms. In
    a telephone number, the same separator follows each group of digits after the first pair. The series of
    digits ends there, or another telephone number follows."""
    if match["national"] is None:
        return True
    if _est_liste(match.group()):
        return False
    separateurs = [entre.strip() for entre in re.findall(r"\D+", match["national"])]
    if len(set(separateurs[1:])) > 1:
        return False
    suite = _SUITE.match(match.string, match.end())
    if suite is None or not separateurs or suite[1].strip() != separateurs[-1]:
        return True
    return _TELEPHONE.match(match.string, suite.end()) is not None


def _est_liste(texte: str) -> bool:
    """True for five numbers of two digits in arithmetic progression of step 1 or 2: «salles 01 02 03 04 05»,
    «bâtiments 01-03-05-07-09». Fewer than twenty telephone numbers look like that."""
    nombres = re.findall(r"\d+", texte)
    if [len(nombre) for nombre in nombres] != [2] * 5:
        return False
    pas = {int(suivant) - int(nombre) for nombre, suivant in pairwise(nombres)}
    return pas in ({1}, {2})
