"""The part of a text that a result shows, with the searched words in `<mark>`."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from html import unescape

from markupsafe import Markup, escape

from mse.core.cache import memoized
from mse.core.text import fold
from mse.recherche.queries.vocabulaire import Terme
from mse.recherche.racines import read_word

LENGTH = 220  # characters
BEFORE = 60  # characters shown before the first searched word
KEPT = 1000  # texts, in each process
BEGINNING = 3  # letters that a word has in common with its stem, at most

_TAG = re.compile(r"<[^<>]*>")
_BLANKS = re.compile(r"[ \t\r\n]+")  # no-break spaces, used before French punctuation, are kept


def list_stems(termes: Sequence[Terme]) -> frozenset[str]:
    return frozenset(stem for terme in termes for stem in terme.stems)


@memoized(KEPT)
def mark(text: str, stems: frozenset[str]) -> Markup:
    """Return a text with the searched words marked."""
    parts, done = [], 0
    for word in _find_searched(text, stems):
        parts += [escape(text[done : word.start()]), "<mark>", escape(word[0]), "</mark>"]
        done = word.end()
    return Markup("".join([*parts, escape(text[done:])]))


@memoized(KEPT)
def make_excerpt(textes: Sequence[str], stems: frozenset[str]) -> Markup:
    """Return the beginning of the first text, or the surroundings of the first searched word. `textes`:
    sanitized HTML."""
    for html in textes:
        text = _read_plain(html)
        for word in _find_searched(text, stems):
            return mark(_cut(text, word.start()), stems)
    return mark(_cut(_read_plain(textes[0]), 0), stems) if textes else Markup()


def _read_plain(html: str) -> str:
    return _BLANKS.sub(" ", unescape(_TAG.sub(" ", html))).strip()


def _find_searched(text: str, stems: frozenset[str]) -> Iterator[re.Match[str]]:
    """Yield the words of a text that have one of the stems, with their positions."""
    for word in _compile(stems).finditer(text):
        if any(stem in stems for _word, stem in read_word(word[0])):
            yield word


@memoized(KEPT)
def _compile(stems: frozenset[str]) -> re.Pattern[str]:
    """Return the pattern of all words that begin like one of the stems: few words are left to read."""
    beginnings = {stem[: max(1, min(BEGINNING, len(stem) - 1))] for stem in stems}
    words = "|".join(sorted(map(_spell, beginnings))) or "(?!)"
    return re.compile(rf"(?<![^\W_])(?:{words})[^\W_]*", re.IGNORECASE)


def _spell(beginning: str) -> str:
    """Return the pattern of the folded letters with any accents. «œ» is folded to two letters."""
    return "".join(
        f"[{_list_letters().get(letter, letter)}]" + ("?" if letter == "e" and before in "oa" else "")
        for before, letter in zip(f" {beginning}", beginning, strict=False)
    )


@cache
def _list_letters() -> dict[str, str]:
    """Return the Latin letters that are folded to each letter, or to two that begin with it."""
    letters: dict[str, str] = {}
    for letter in map(chr, range(ord("a"), 0x250)):
        if letter.isalpha():
            folded = fold(letter)[:1]
            letters[folded] = letters.get(folded, "") + letter
    return letters


def _cut(text: str, place: int) -> str:
    """Return the part around `place`, between two spaces."""
    start = 0 if place <= BEFORE else text.find(" ", place - BEFORE) + 1
    end = len(text) if len(text) <= start + LENGTH else text.rfind(" ", start + 1, start + LENGTH)
    if end <= start:
        end = start + LENGTH
    part = text[start:end].rstrip(" ,;:\u202f") if end < len(text) else text[start:end]
    return ("… " if start else "") + part + ("…" if end < len(text) else "")
