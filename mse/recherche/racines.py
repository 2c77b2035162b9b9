"""From a text to the stems that both databases index. Pure Python, so that both give the same results."""

import re
import threading
from collections.abc import Iterator
from functools import lru_cache

import snowballstemmer

from mse.core.text import fold

LONGEST = 40  # characters of a word; longer ones are cut

_WORD = re.compile(r"[^\W_]+")
_TOKEN = re.compile(r"[a-z0-9]+")
# Folded words that say nothing of a subject. Single letters, left by elisions («l’», «d’»), are dropped too.
_NO_SUBJECT = """
ai au aux avec ce ces cet cette comme dans de des du elle elles en est et etre eux il ils je la le les leur
leurs lui ma mais me mes moi mon ne nos notre nous on ont ou par pas pour qu que qui sa se ses si son sont sur
ta te tes toi ton tu un une vos votre vous y
"""
STOP_WORDS = frozenset(_NO_SUBJECT.split())


class _Stemmer(threading.local):
    """One stemmer per thread: it keeps the current word as state."""

    def __init__(self) -> None:
        self.stem = snowballstemmer.stemmer("french").stemWord


_stemmer = _Stemmer()


@lru_cache(maxsize=50_000)
def read_word(word: str) -> tuple[tuple[str, str], ...]:
    """Return (folded word, stem) for each indexed part of a word; nothing for a stop word. Accents are
    removed before the stem is computed, so that «envoyées» and «envoyees» have the same one."""
    return tuple(
        (token[:LONGEST], _stemmer.stem(token[:LONGEST]))
        for token in _TOKEN.findall(fold.__wrapped__(word))
        if (len(token) > 1 or token.isdigit()) and token not in STOP_WORDS
    )


def find_words(text: str) -> Iterator[re.Match[str]]:
    """Yield the words of a text with their positions. An apostrophe ends a word."""
    return _WORD.finditer(text)


def read_words(text: str) -> dict[str, str]:
    """Return the folded words of a text and their stems, in the order of the text."""
    return {word: stem for match in find_words(text) for word, stem in read_word(match[0])}


def list_variants(word: str) -> set[str]:
    """Return the word and the words with one letter less. Two words that one typing mistake separates share
    one of them."""
    return {word, *(word[:rank] + word[rank + 1 :] for rank in range(len(word)))}


def list_swaps(word: str) -> set[str]:
    """Return the words with two letters swapped around a third: «renumeration», «remuneration»."""
    return {word[:rank] + word[rank : rank + 3][::-1] + word[rank + 3 :] for rank in range(len(word) - 2)}


def is_one_mistake(typed: str, word: str) -> bool:
    """True if one letter added, missing or replaced, or two letters swapped, separate the words. Swapped
    letters are neighbours, or stand around a third one."""
    if typed == word or abs(len(typed) - len(word)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(typed, word, strict=False)) if a != b), None)
    if start is None:
        return True
    rest, other = typed[start:], word[start:]
    return (
        rest[1:] in (other, other[1:])
        or rest == other[1:]
        or (rest[:2] == other[1::-1] and rest[2:] == other[2:])
        or (rest[:3] == other[2::-1] and rest[3:] == other[3:])
    )
