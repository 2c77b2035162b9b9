"""From typed words to the stems to look for: known words, beginnings of words, one typing mistake."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from mse.core.cache import cached_for
from mse.extensions import db
from mse.recherche.models import Mot, Variante
from mse.recherche.racines import is_one_mistake, list_swaps, list_variants, read_words

LONGEST = 200  # characters of a search
WORDS_MAX = 8
STEMS_MAX = 30  # stems that the beginning of a word stands for
SHORTEST_PREFIX = 3  # letters
SHORTEST_MISTAKE = 4  # letters
CORRECTIONS_MAX = 5
SECONDS = 10.0  # that the reading of a search is cached

_BLANK = "[ .\u00a0\u202f]"
_SIRET = re.compile(rf"\b\d{{3}}{_BLANK}\d{{3}}{_BLANK}\d{{3}}(?:{_BLANK}\d{{5}})?\b")  # or SIREN


@dataclass(frozen=True, kw_only=True)
class Terme:
    """One typed word. A document matches if it has one of `stems`.

    debut: the typed beginning, if the stems come from it.
    voisins: known words at one typing mistake, the most likely first, if the stems come from them. They may
        stand in texts that are no longer public: nothing shows them before it has read them in a public one.
    """

    mot: str
    stems: tuple[str, ...]
    debut: str = ""
    voisins: tuple[str, ...] = ()


def split_words(texte: str) -> dict[str, str]:
    """Return the words of a search and their stems. A SIRET written in groups of digits is one word."""
    joined = _SIRET.sub(lambda number: re.sub(_BLANK, "", number[0]), texte[:LONGEST])
    return read_words(joined)


@cached_for(SECONDS)
def read_termes(texte: str) -> tuple[Terme, ...]:
    """Return the words to look for, at most `WORDS_MAX`; stop words are left out. An unknown word stands for
    the words that it begins, else for those at one typing mistake, else for itself."""
    words = dict(list(split_words(texte).items())[:WORDS_MAX])
    if not words:
        return ()
    known = set(db.session.scalars(select(Mot.racine).where(Mot.racine.in_(sorted(set(words.values()))))))
    begun = {word: _complete(word) for word, stem in words.items() if stem not in known}
    corrected = correct({word: words[word] for word, terme in begun.items() if terme is None})
    return tuple(
        begun.get(word) or corrected.get(word) or Terme(mot=word, stems=(stem,))
        for word, stem in words.items()
    )


def _complete(word: str) -> Terme | None:
    if len(word) < SHORTEST_PREFIX:
        return None
    query = select(Mot.racine).where(Mot.mot >= word, Mot.mot < word + "{").order_by(Mot.mot)
    stems = tuple(dict.fromkeys(db.session.scalars(query.limit(STEMS_MAX))))
    return Terme(mot=word, stems=stems, debut=word) if stems else None


def correct(words: Mapping[str, str]) -> dict[str, Terme]:
    """Return each word with the stems of its neighbours at one typing mistake, as well as its own."""
    return {
        word: Terme(
            mot=word,
            stems=tuple(dict.fromkeys([*(racine for _mot, racine in neighbours), words[word]])),
            voisins=tuple(mot for mot, _racine in neighbours),
        )
        for word, neighbours in list_neighbours(words).items()
    }


def list_neighbours(words: Mapping[str, str]) -> dict[str, Sequence[tuple[str, str]]]:
    """Return for each word the (word, stem) of the vocabulary at one mistake that have another stem; those
    that begin alike come first."""
    variants = {
        word: list_variants(word) | list_swaps(word)
        for word in words
        if len(word) >= SHORTEST_MISTAKE and word.isalpha()
    }
    searched = sorted(set[str]().union(*variants.values()))
    if not searched:
        return dict.fromkeys(words, ())
    query = select(Mot.mot, Mot.racine).join(Variante, Variante.mot == Mot.mot)
    found = db.session.execute(query.where(Variante.variante.in_(searched)).distinct()).all()
    return {word: _choose(word, stem, found if word in variants else ()) for word, stem in words.items()}


def _choose(word: str, stem: str, found: Sequence[tuple[str, str]]) -> Sequence[tuple[str, str]]:
    near = [(mot, racine) for mot, racine in found if racine != stem and is_one_mistake(word, mot)]
    near.sort(key=lambda one: (one[0][:2] != word[:2], one[0][0] != word[0], one[0]))
    return near[:CORRECTIONS_MAX]
