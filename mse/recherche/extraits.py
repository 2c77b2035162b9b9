"""The part of a text that a result shows, with the searched words in `<mark>`."""

import re
from collections.abc import Collection, Sequence
from html import unescape

from markupsafe import Markup, escape

from mse.core.cache import memoized
from mse.recherche.queries.vocabulaire import Terme
from mse.recherche.racines import find_words, read_word

LENGTH = 220  # characters
BEFORE = 60  # characters shown before the first searched word
KEPT = 1000  # texts, in each process

_TAG = re.compile(r"<[^<>]*>")
_BLANKS = re.compile(r"[ \t\r\n]+")  # no-break spaces, used before French punctuation, are kept


def list_stems(termes: Sequence[Terme]) -> frozenset[str]:
    return frozenset(stem for terme in termes for stem in terme.stems)


@memoized(KEPT)
def mark(text: str, stems: frozenset[str]) -> Markup:
    """Return a text with the searched words marked."""
    parts, done = [], 0
    for word in find_words(text):
        if _is_searched(word[0], stems):
            parts += [escape(text[done : word.start()]), "<mark>", escape(word[0]), "</mark>"]
            done = word.end()
    return Markup("".join([*parts, escape(text[done:])]))


@memoized(KEPT)
def make_excerpt(textes: Sequence[str], stems: frozenset[str]) -> Markup:
    """Return the beginning of the first text, or the surroundings of the first searched word. `textes`:
    sanitized HTML."""
    plain = [_BLANKS.sub(" ", unescape(_TAG.sub(" ", html))).strip() for html in textes]
    for text in plain:
        place = next((word.start() for word in find_words(text) if _is_searched(word[0], stems)), None)
        if place is not None:
            return mark(_cut(text, place), stems)
    return mark(_cut(plain[0], 0), stems) if plain else Markup()


def _is_searched(word: str, stems: Collection[str]) -> bool:
    return any(stem in stems for _word, stem in read_word(word))


def _cut(text: str, place: int) -> str:
    """Return the part around `place`, between two spaces."""
    start = 0 if place <= BEFORE else text.find(" ", place - BEFORE) + 1
    end = len(text) if len(text) <= start + LENGTH else text.rfind(" ", start + 1, start + LENGTH)
    if end <= start:
        end = start + LENGTH
    part = text[start:end].rstrip(" ,;:\u202f") if end < len(text) else text[start:end]
    return ("… " if start else "") + part + ("…" if end < len(text) else "")
