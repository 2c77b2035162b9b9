"""Translation with gettext (French is the msgid) and cleaning of typed text."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask_babel import gettext
from flask_babel.speaklater import LazyString

from mse.demarche import get_demarche

__all__ = ["_", "clean", "lazy", "ngettext", "nombre", "plural", "translate", "visible_length"]

# Without catalogues the msgid is the text, so the lookup is skipped.
HAS_CATALOGUES = (Path(__file__).parents[1] / "translations").is_dir()


def translate(message: str) -> str:
    """Return the message in the user's language (French is the msgid), with the words of the démarche."""
    return get_demarche().dire(str(gettext(message)) if HAS_CATALOGUES else message)


def _(message: str, **values: Any) -> str:
    return elide(translate(message), values) % values if values else translate(message)


_DE = re.compile(r"\b([Dd])e ((?:<\w+>)?%\((\w+)\)s)")


def elide(message: str, values: Mapping[str, Any]) -> str:
    """Replace «de» by «d’» before a vowel: «d’une promotion»; not before «h», which may be aspirated."""
    if "e %(" not in message and "e <" not in message:
        return message
    return _DE.sub(lambda de: f"{de[1]}’{de[2]}" if _begins_with_vowel(values.get(de[3])) else de[0], message)


def _begins_with_vowel(value: object) -> bool:
    return isinstance(value, str | LazyString) and fold(str(value)[:1])[:1] in set("aeiou")


def lazy(message: str) -> LazyString:
    """Translate at rendering time. For labels and messages defined at import time."""
    return LazyString(translate, message)


def plural(singular: str, several: str, num: int) -> str:
    """Choose the form by the French rule («0 jour, 1 jour, 2 jours»):
    without a catalogue gettext applies the English one."""
    return translate(singular if abs(num) < 2 else several)


def ngettext(singular: str, several: str, num: int, **values: Any) -> str:
    return elide(plural(singular, several, num), values) % {"num": num, **values}


_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_INVISIBLE = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")


MARKS_MAX = 30
LONGEST = 50_000  # characters; every field refuses longer text


def clean(text: str) -> str:
    """Return the text in NFC, trimmed, with LF line ends,
    without characters that databases cannot store (NUL, lone surrogates)."""
    text = _UNSTORABLE.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > LONGEST:
        return text.strip()
    return unicodedata.normalize("NFC", text if text.isascii() else _shorten_marks(text)).strip()


def _shorten_marks(text: str) -> str:
    """Limit runs of combining marks to 30, more than any language uses; NFC is slow on thousands."""
    kept, run = [], 0
    for char in text:
        run = run + 1 if unicodedata.combining(char) else 0
        if run <= MARKS_MAX:
            kept.append(char)
    return "".join(kept)


def nombre(value: int) -> str:
    """Format a number: 1 284, with the narrow no-break space of French."""
    return f"{value:,}".replace(",", "\u202f")


def visible_length(text: str) -> int:
    """Count visible characters: a run of white space and invisible marks counts as one,
    and as none at both ends."""
    return len(_INVISIBLE.sub(" ", text).strip())


def initials(name: str) -> str:
    """Return the first letters of the first two words that begin with a capital or a digit:
    «Mission Égalité» gives ME."""
    words = [word for word in re.findall(r"\w+", name) if word[0].isupper() or word[0].isdigit()]
    return fold("".join(word[0] for word in words[:2])).upper()


@lru_cache(maxsize=2048)
def fold(texte: str) -> str:
    """Return lower case without accents, ligatures, punctuation: «L’École» and «l ecole» become equal."""
    decompose = unicodedata.normalize("NFKD", texte.casefold().replace("œ", "oe").replace("æ", "ae"))
    return "".join(c if c.isalnum() else " " for c in decompose if not unicodedata.combining(c))
