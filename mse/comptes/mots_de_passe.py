"""Passwords: hashing, and the rule for new ones.

argon2id with 19 MiB and two passes (OWASP); at most two hashes at once in a process, to limit memory. The
rule follows NIST SP 800-63B: a minimum length, no composition rule, no periodic change, no easily guessed
password. zxcvbn estimates how easily one is guessed.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable
from functools import cache
from importlib import resources
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from mse.core.text import _
from mse.demarche import get_demarche

LONGUEUR_MIN, LONGUEUR_MAX = 15, 1024
_ILLISIBLE = 4 * LONGUEUR_MAX  # longer text is not normalised: 400,000 combining marks would take two minutes
LONGUEUR_LUE = 72  # characters that zxcvbn estimates: its time grows with the square of the length
GUESSES_MIN = 10**10  # the highest of the five levels of zxcvbn

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_hash_slots = BoundedSemaphore(2)


def hash_mot_de_passe(mot_de_passe: str) -> str:
    with _hash_slots:
        return _hasher.hash(_bytes(mot_de_passe))


def verify_mot_de_passe(password_hash: str | None, mot_de_passe: str) -> bool:
    """True if the password matches. Without `password_hash` (no account,
    no password) it returns False after the same time."""
    if len(mot_de_passe) > _ILLISIBLE:
        password_hash, mot_de_passe = None, ""
    with _hash_slots:
        try:
            return (
                _hasher.verify(password_hash or _dummy_hash(), _bytes(mot_de_passe))
                and password_hash is not None
            )
        except (VerificationError, InvalidHashError):
            return False


def needs_rehash(password_hash: str) -> bool:
    """True if the hash was made with weaker settings than the present ones."""
    return _hasher.check_needs_rehash(password_hash)


@cache
def _dummy_hash() -> str:
    """Return a hash to verify when there is no account, so that the time is the same."""
    return _hasher.hash("personne ne connaît ce mot de passe")


def _bytes(mot_de_passe: str) -> bytes:
    """Encode in NFC: the same characters give the same bytes, however the keyboard composes them."""
    return unicodedata.normalize("NFC", mot_de_passe).encode("utf-8", "surrogatepass")


def reproche(mot_de_passe: str, contexte: Iterable[str] = ()) -> str | None:
    """Return the reason why the password is refused, in a sentence, or None.
    `contexte`: names, address, title of the site, …"""
    phrase: str | None = None
    longueur = len(mot_de_passe)
    if longueur <= _ILLISIBLE:
        longueur = len(unicodedata.normalize("NFC", mot_de_passe))
    if longueur < LONGUEUR_MIN:
        phrase = _(
            "Écrivez un mot de passe plus long : il faut au moins %(min)s caractères. "
            "Par exemple, quatre ou cinq mots sans rapport entre eux.",
            min=LONGUEUR_MIN,
        )
    elif longueur > LONGUEUR_MAX:
        phrase = _(
            "Écrivez un mot de passe plus court : %(max)s caractères au plus.",
            n=longueur,
            max=LONGUEUR_MAX,
        )
    elif _is_easy(mot_de_passe):
        phrase = _("Ce mot de passe est trop courant : on le devinerait vite. Choisissez d’autres mots.")
    elif _is_easy(mot_de_passe, sorted(set().union(*map(words, contexte)))):
        phrase = _(
            "Ce mot de passe reprend votre nom, votre adresse ou le nom du site. Trouvez d’autres mots."
        )
    return phrase


def mots_du_contexte(prenom: str, nom: str, courriel: str) -> list[str]:
    """Return the names of the person and of the site, which an attacker would try."""
    demarche = get_demarche()
    return [prenom, nom, courriel, demarche.titre, demarche.association, demarche.territoire]


def words(texte: str) -> set[str]:
    """Return the folded words that an attacker would try from a name, an address or a title;
    «(im)possible» gives two."""
    avec, sans = _fold(texte), _fold(re.sub(r"[()\[\]]", "", texte))
    mots = set(re.findall(r"[^\W_]{3,}", f"{avec} {sans}"))
    return mots | {mot for mot in (_join(avec), _join(sans)) if len(mot) >= 3}


def _is_easy(mot_de_passe: str, contexte: Collection[str] = ()) -> bool:
    """True if zxcvbn finds the password within GUESSES_MIN guesses, as it is typed or without separators."""
    from zxcvbn import matching, scoring  # 15 MB of word lists, loaded when a password is chosen

    lists = {**matching.RANKED_DICTIONARIES, "courants": _list_frequent(), "contexte": _rank_words(contexte)}
    texte = _fold(mot_de_passe)[:LONGUEUR_LUE]
    return any(
        scoring.most_guessable_match_sequence(forme, matching.omnimatch(forme, lists))["guesses"]
        < GUESSES_MIN
        for forme in {texte, _join(texte)}
    )


def _rank_words(mots: Iterable[str]) -> dict[str, int]:
    """Return the words with their rank, the most probable first, as zxcvbn reads them."""
    return {mot: rang for rang, mot in enumerate(mots, 1)}


@cache
def _list_frequent() -> dict[str, int]:
    """Return frequent French words and passwords with their rank. zxcvbn contains English ones only."""
    fichier = resources.files("mse.comptes") / "donnees" / "mots_courants.txt"
    return _rank_words(fichier.read_text("utf-8").split())


def _fold(texte: str) -> str:
    """Remove case and accents."""
    decompose = unicodedata.normalize("NFKD", texte.casefold())
    return "".join(signe for signe in decompose if not unicodedata.combining(signe))


def _join(texte: str) -> str:
    """Remove spaces and punctuation, unless nothing else is left."""
    return re.sub(r"[\W_]+", "", texte) or texte
