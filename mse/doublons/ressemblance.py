"""How much two fiches are about the same problem. Pure Python, the same on both databases.

Words are compared by stem, by sound («paye» and «paie»), by subject (a list of synonyms) and, if they are
rare, by three-letter groups, which typing mistakes keep. Rare words weigh more.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from math import log, sqrt
from types import MappingProxyType

from mse.core.text import fold
from mse.recherche.api import find_words, read_word

TITLE = 2.0  # weight of a word of the title, beside 1 for a word of the problem
SOUND, SUBJECT, LETTERS = 0.85, 0.7, 0.6  # value of a word that is the same by sound, by subject, by letters
LACK = 1.0  # weight of a subject that is missing
BEFORE, AFTER = 2, 3  # words around a negation
SHORTEST = 5  # letters of a word that is compared by its letters
ALIKE = 0.55  # share of common three-letter groups of two words that are the same with a mistake
LONGEST = 1500  # characters read of a problem

# Words that most fiches contain, beside the stop words of the search.
_COMMON = """
alors aussi avoir beaucoup bien cela chaque chez chose comme dans deja depuis dire dit encore etait ete etre
fait faire faut font ici ils jamais jour jours leur moi mois nous parce peut peuvent personne personnes plus
plusieurs quand quatre cinq deux trois six sept huit neuf dix quelque rien sans sa se semaine sont souvent
stagiaire stagiaires sur formation groupe centre ya tous tout toute toutes toujours toujour tres trop une va
vient voila voir vraiment aucun aucune alor ca cest cet cette etions etaient celle celui ceux meme entre avant
apres vers lors donc dont ont gens chacun heure heures fois autre autres quoi comment pourquoi
"""
COMMON = frozenset(_COMMON.split())
_NEGATIONS = """
pas plus plu aucun aucune sans zero rien manque manquent refuse refusent introuvable impossible
"""
NEGATIONS = frozenset(_NEGATIONS.split())
# «Pas bon» says that something is there.
_QUALITIES = "bon bonne bons bonnes cool normal propre propres terrible terribles top"
QUALITIES = frozenset(_QUALITIES.split())
_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"ph", "f"),
        (r"e?au", "o"),
        (r"[ae]i|ay|ey|er\b|ez\b|et\b|ee?s?\b", "e"),
        (r"qu?|k|c(?=[aourlt]|\b)", "k"),
        (r"sc(?=[eiy])|c(?=[eiy])|t(?=ion)", "s"),
        (r"g(?=[eiy])", "j"),
        (r"y", "i"),
        (r"h", ""),
        (r"(?:e|a)[mn](?=[^aeiou]|\b)", "an"),
        (r"(?:s|t|d|x|p|z)\b", ""),
        (r"(.)\1", r"\1"),
    )
]


@dataclass(frozen=True)
class Mot:
    """A word of a text. `grams`: its three-letter groups."""

    word: str
    stem: str
    sound: str
    subject: str
    grams: frozenset[str]


@dataclass(frozen=True)
class Profil:
    """The words of a fiche with their weight, before rarity."""

    mots: Mapping[str, tuple[Mot, float]]  # by stem
    sounds: frozenset[str]
    subjects: frozenset[str]
    manques: frozenset[str]  # subjects that are said to be missing, refused or out of order


def spell_sound(word: str) -> str:
    """Return a key that words which sound alike share, in the spelling of people who write little."""
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


@cache
def _read_subjects() -> Mapping[str, str]:
    """Return the subject of each stem of `synonymes.txt`."""
    lignes = resources.files(__package__ or "").joinpath("synonymes.txt").read_text("utf-8").splitlines()
    subjects: dict[str, str] = {}
    for ligne in lignes:
        if not ligne.startswith("#"):
            words = [pair for word in ligne.split() for pair in read_word(word)]
            for _word, stem in words:
                subjects.setdefault(stem, words[0][1])
    return MappingProxyType(subjects)


@cache
def _list_subjects() -> Mapping[str, tuple[str, ...]]:
    stems: dict[str, list[str]] = {}
    for stem, subject in _read_subjects().items():
        stems.setdefault(subject, []).append(stem)
    return {subject: tuple(several) for subject, several in stems.items()}


def list_same_subject(subject: str) -> tuple[str, ...]:
    """Return the stems of the words about a subject."""
    return _list_subjects().get(subject, ())


@lru_cache(maxsize=20_000)
def _read_mot(word: str, stem: str) -> Mot:
    padded = f" {word} "
    grams = (
        frozenset(padded[i : i + 3] for i in range(len(padded) - 2)) if len(word) >= SHORTEST else frozenset()
    )
    return Mot(word, stem, spell_sound(word), _read_subjects().get(stem, ""), grams)


@lru_cache(maxsize=4096)
def read_profil(titre: str, probleme: str) -> Profil:
    """Read the words of a fiche. Cached: a filed text does not change."""
    mots: dict[str, tuple[Mot, float]] = {}
    manques: set[str] = set()
    for text, weight in ((titre, TITLE), (probleme[:LONGEST], 1.0)):
        words = [match[0] for match in find_words(text)]
        for typed in words:
            for word, stem in read_word(typed):
                if word in COMMON or word.isdigit():
                    continue
                if stem not in mots or mots[stem][1] < weight:
                    mots[stem] = (_read_mot(word, stem), weight)
        manques |= _read_manques(words)
    return Profil(
        mots,
        frozenset(mot.sound for mot, _poids in mots.values()),
        frozenset(mot.subject for mot, _poids in mots.values() if mot.subject),
        frozenset(manques),
    )


def _read_manques(words: Sequence[str]) -> set[str]:
    """Return the subjects of the words near a negation: «pas de logement», «le foyer refuse»."""
    folded = [fold(word).strip() for word in words]
    follows = [*folded[1:], ""]
    places = [
        rank for rank, word in enumerate(folded) if word in NEGATIONS and follows[rank] not in QUALITIES
    ]
    near = {rank for place in places for rank in range(max(0, place - BEFORE), place + AFTER + 1)}
    subjects = _read_subjects()
    stems = (stem for rank in sorted(near) if rank < len(words) for _word, stem in read_word(words[rank]))
    return {subjects[stem] for stem in stems if stem in subjects}


@dataclass(frozen=True)
class Raretes:
    """How rare words and subjects are among fiches: `nombres` of fiches by word or subject, of `total`."""

    nombres: Mapping[str, int]
    total: int

    def share(self, key: str) -> float:
        """Return the share of fiches that contain the word."""
        return self.nombres.get(key, 0) / self.total if self.total else 0.0

    def weigh(self, key: str) -> float:
        """Return the weight of a word: more if fewer fiches contain it."""
        return log(1 + (self.total + 1) / (self.nombres.get(key, 0) + 0.5))


def count_raretes(profils: Iterable[Profil]) -> Raretes:
    nombres: dict[str, int] = {}
    total = 0
    for profil in profils:
        total += 1
        keys = [*profil.mots, *(f"#{subject}" for subject in profil.subjects)]
        for key in (*keys, *(f"!{subject}" for subject in profil.manques)):
            nombres[key] = nombres.get(key, 0) + 1
    return Raretes(nombres, total)


def compare(un: Profil, autre: Profil, raretes: Raretes) -> float:
    """Return the resemblance, from 0 to about 1: the weight of the common words beside that of all."""
    manques = LACK * sum(raretes.weigh(f"!{subject}") for subject in un.manques & autre.manques)
    commun = _cover(un, autre, raretes) + _cover(autre, un, raretes) + 2 * manques
    norme = sqrt(_norm(un, raretes) * _norm(autre, raretes))
    return commun / (2 * norme) if norme else 0.0


def _norm(profil: Profil, raretes: Raretes) -> float:
    manques = LACK * sum(raretes.weigh(f"!{subject}") for subject in profil.manques)
    return manques + sum(poids * raretes.weigh(stem) for stem, (_mot, poids) in profil.mots.items())


def _cover(un: Profil, autre: Profil, raretes: Raretes) -> float:
    total = 0.0
    for stem, (mot, poids) in un.mots.items():
        value = poids * raretes.weigh(stem)
        if stem in autre.mots:
            total += value * (autre.mots[stem][1] / TITLE + 0.5) / 1.5
        elif mot.sound in autre.sounds:
            total += value * SOUND * 0.8
        elif mot.subject in autre.subjects and mot.subject:
            total += SUBJECT * min(value, poids * raretes.weigh(f"#{mot.subject}"))
        elif mot.grams:
            total += value * LETTERS * _best_letters(mot, autre)
    return total


def _best_letters(mot: Mot, autre: Profil) -> float:
    best = 0.0
    for other, _poids in autre.mots.values():
        if other.grams and (common := len(mot.grams & other.grams)) > 2:
            alike = 2 * common / (len(mot.grams) + len(other.grams))
            best = max(best, alike)
    return best if best >= ALIKE else 0.0
