"""Passwords: hashing, and the rule for new ones.

argon2id with 19 MiB and two passes (OWASP); at most two hashes at once in a process, to limit memory. The
rule follows NIST SP 800-63B: a minimum length, no composition rule, no periodic change, no easily guessed
password.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable
from functools import cache
from importlib import resources
from itertools import takewhile
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from mse.core.text import _
from mse.demarche import get_demarche

LONGUEUR_MIN, LONGUEUR_MAX = 15, 1024
_ILLISIBLE = 4 * LONGUEUR_MAX  # longer text is not normalised: 400,000 combining marks would take two minutes
RESTE_MIN = 6  # characters that must remain after everything easy to guess is removed

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_places = BoundedSemaphore(2)


def hash_mot_de_passe(mot_de_passe: str) -> str:
    with _places:
        return _hasher.hash(_bytes(mot_de_passe))


def verify_mot_de_passe(empreinte: str | None, mot_de_passe: str) -> bool:
    """True if the password matches. Without `empreinte` (no account,
    no password) it returns False after the same time."""
    if len(mot_de_passe) > _ILLISIBLE:
        empreinte, mot_de_passe = None, ""
    with _places:
        try:
            return _hasher.verify(empreinte or _nobody(), _bytes(mot_de_passe)) and empreinte is not None
        except (VerificationError, InvalidHashError):
            return False


def needs_rehash(empreinte: str) -> bool:
    """True if the hash was made with weaker settings than the present ones."""
    return _hasher.check_needs_rehash(empreinte)


@cache
def _nobody() -> str:
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
    elif _is_easy(mot_de_passe, _courants()):
        phrase = _("Ce mot de passe est trop courant : on le devinerait vite. Choisissez d’autres mots.")
    elif _is_easy(mot_de_passe, _courants().union(*map(words, contexte))):
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


_SUITES = (
    "abcdefghijklmnopqrstuvwxyz 01234567890 azertyuiop qsdfghjklm wxcvbn qwertyuiop qwertzuiop asdfghjkl",
    "zxcvbnm &é\"'(-è_çà)= !@#$%^&*() 112233445566778899 aabbccddeeffgghhiijjkk a1b2c3d4e5f6g7h8i9j0",
    "1a2b3c4d5e6f7g8h9i0j 1a2z3e4r5t6y7u8i9o0p a1z2e3r4t5y6u7i8o9p0",
    "1q2w3e4r5t6y7u8i9o0p q1w2e3r4t5y6u7i8o9p0",
    "1aqw2zsx3edc4rfv5tgb6yhn 1qaz2wsx3edc4rfv5tgb6yhn7ujm aqwzsxedcrfvtgbyhn qazwsxedcrfvtgbyhnujm",
)
_LEET = str.maketrans("0134578@$!€", "oieastbasie")
_DATE = re.compile(r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d|(?:19|20)\d\d")
_BLOC = re.compile(r"(.{1,32}?)\1+", re.DOTALL)
_SUITE_MIN = 4


def _is_easy(mot_de_passe: str, mots: Collection[str]) -> bool:
    """True if little is left after removing words, dates, keyboard sequences and repetitions."""
    reste = _DATE.sub("", _join(_without_suites(_fold(mot_de_passe)[:LONGUEUR_MAX])))
    return any(_left(forme, mots) < RESTE_MIN for forme in (reste, reste.translate(_LEET)))


def _left(texte: str, mots: Collection[str]) -> int:
    for mot in sorted(mots, key=len, reverse=True):
        texte = texte.replace(mot, "")
    return len(_BLOC.sub(r"\1", _without_suites(texte)))


def _without_suites(texte: str) -> str:
    gardes, place = [], 0
    while place < len(texte):
        longueur = max(_run(texte, place, suite) for suite in _all_suites())
        if longueur < _SUITE_MIN:
            gardes.append(texte[place])
            longueur = 1
        place += longueur
    return "".join(gardes)


def _run(texte: str, place: int, suite: str) -> int:
    """Return the number of characters of `texte` that follow `suite`, from `place` on."""
    debut = suite.find(texte[place : place + _SUITE_MIN])
    if debut < 0:
        return 0
    paires = zip(texte[place : place + len(suite)], suite[debut:], strict=False)
    return sum(1 for _signe in takewhile(lambda paire: paire[0] == paire[1], paires))


@cache
def _courants() -> frozenset[str]:
    """Folded words: the most frequent leaked passwords, and the words that people build long ones from."""
    fichier = resources.files("mse.comptes") / "donnees" / "mots_courants.txt"
    return frozenset(fichier.read_text("utf-8").split())


@cache
def _all_suites() -> tuple[str, ...]:
    """Return the sequences forwards and backwards, folded like the passwords."""
    suites = _fold(" ".join(_SUITES)).split()
    return tuple(sens for suite in suites for sens in (suite, suite[::-1]))


def _fold(texte: str) -> str:
    """Remove case and accents."""
    decompose = unicodedata.normalize("NFKD", texte.casefold())
    return "".join(signe for signe in decompose if not unicodedata.combining(signe))


def _join(texte: str) -> str:
    """Remove spaces and punctuation between words."""
    return re.sub(r"[\s\-_.,;:'’/]+", "", texte)
