"""From typed words to the stems to look for: known words, beginnings of words, one typing mistake."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from mse.core.text import clean
from mse.extensions import db
from mse.recherche.models import Mot, Variante
from mse.recherche.racines import is_one_mistake, list_variants, read_words

LONGEST = 200  # characters of a search
WORDS_MAX = 8
STEMS_MAX = 30  # stems that the beginning of a word stands for
SHORTEST_PREFIX = 3  # letters
SHORTEST_MISTAKE = 4  # letters
CORRECTIONS_MAX = 5


@dataclass(frozen=True, kw_only=True)
class Terme:
    """One typed word. A document matches if it has one of `stems`. `lu`: the word read instead of an unknown
    one."""

    mot: str
    stems: tuple[str, ...]
    debut: str = ""  # the typed beginning, if the stems come from it
    lu: str = ""


def read_termes(texte: str) -> list[Terme]:
    """Return the words to look for, at most `WORDS_MAX`; stop words are left out. An unknown word stands for
    the words that it begins, else for those at one typing mistake, else for itself."""
    words = dict(list(read_words(clean(texte[:LONGEST])).items())[:WORDS_MAX])
    if not words:
        return []
    known = set(db.session.scalars(select(Mot.racine).where(Mot.racine.in_(set(words.values())))))
    return [
        Terme(mot=word, stems=(stem,)) if stem in known else _complete(word) or correct(word, stem)
        for word, stem in words.items()
    ]


def _complete(word: str) -> Terme | None:
    if len(word) < SHORTEST_PREFIX:
        return None
    query = select(Mot.racine).where(Mot.mot >= word, Mot.mot < word + "{").order_by(Mot.mot)
    stems = tuple(dict.fromkeys(db.session.scalars(query.limit(STEMS_MAX))))
    return Terme(mot=word, stems=stems, debut=word) if stems else None


def correct(word: str, stem: str) -> Terme:
    """Return the word with the stems of its neighbours at one typing mistake, as well as its own."""
    neighbours = list_neighbours(word)
    stems = dict.fromkeys([*(racine for _mot, racine in neighbours), stem])
    return Terme(mot=word, stems=tuple(stems), lu=neighbours[0][0] if neighbours else "")


def list_neighbours(word: str) -> Sequence[tuple[str, str]]:
    """Return (word, stem) of the vocabulary at one mistake: those that begin alike come first."""
    if len(word) < SHORTEST_MISTAKE or not word.isalpha():
        return []
    query = (
        select(Mot.mot, Mot.racine)
        .join(Variante, Variante.mot == Mot.mot)
        .where(Variante.variante.in_(sorted(list_variants(word))))
        .distinct()
        .order_by(Mot.mot)
    )
    found = [(mot, racine) for mot, racine in db.session.execute(query) if is_one_mistake(word, mot)]
    return sorted(found, key=lambda one: (one[0][:2] != word[:2], one[0][0] != word[0], one[0]))[
        :CORRECTIONS_MAX
    ]
