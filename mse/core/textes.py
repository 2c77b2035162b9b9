"""What people read and write: gettext (French is the msgid) and the cleaning of typed text."""

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

# Without a catalogue the msgid is the text: no need to look for one at each word of a page.
HAS_CATALOGUES = (Path(__file__).parents[1] / "translations").is_dir()


def translate(message: str) -> str:
    """The message in the language of the reader (French is the msgid) and in the démarche's own words."""
    return get_demarche().dire(str(gettext(message)) if HAS_CATALOGUES else message)


def _(message: str, **values: Any) -> str:
    return elide(translate(message), values) % values if values else translate(message)


_DE = re.compile(r"\b([Dd])e ((?:<\w+>)?%\((\w+)\)s)")


def elide(message: str, values: Mapping[str, Any]) -> str:
    """`message`, whose «de» becomes «d’» before a value that begins with a vowel: «d’une promotion».
    An «h» may be aspirated: it is left alone."""
    if "e %(" not in message and "e <" not in message:
        return message
    return _DE.sub(lambda de: f"{de[1]}’{de[2]}" if _begins_with_vowel(values.get(de[3])) else de[0], message)


def _begins_with_vowel(value: object) -> bool:
    return isinstance(value, str | LazyString) and fold(str(value)[:1])[:1] in set("aeiou")


def lazy(message: str) -> LazyString:
    """For what is said before there is a reader: labels and words of modules."""
    return LazyString(translate, message)


def plural(singular: str, several: str, num: int) -> str:
    """French counts «0 jour, 1 jour, 2 jours»; gettext without a catalogue would count in English."""
    return translate(singular if abs(num) < 2 else several)


def ngettext(singular: str, several: str, num: int, **values: Any) -> str:
    return elide(plural(singular, several, num), values) % {"num": num, **values}


_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_INVISIBLE = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")


MARKS_MAX = 30
LONGEST = 50_000  # characters; longer is refused by every field


def clean(text: str) -> str:
    """NFC, without what no database stores (NUL, lone surrogates), line ends as LF, trimmed."""
    text = _UNSTORABLE.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > LONGEST:
        return text.strip()
    return unicodedata.normalize("NFC", text if text.isascii() else _shorten_marks(text)).strip()


def _shorten_marks(text: str) -> str:
    """No letter of any language bears 30 marks; a run of thousands would take NFC minutes."""
    kept, run = [], 0
    for char in text:
        run = run + 1 if unicodedata.combining(char) else 0
        if run <= MARKS_MAX:
            kept.append(char)
    return "".join(kept)


def nombre(value: int) -> str:
    """1 284, with the narrow no-break space of French."""
    return f"{value:,}".replace(",", "\u202f")


def visible_length(text: str) -> int:
    """The characters a reader sees: white space counts once, invisible marks not at all."""
    return len(_INVISIBLE.sub(" ", text).strip())


@lru_cache(maxsize=2048)
def fold(texte: str) -> str:
    """Lower case without accents, ligatures and punctuation: «L’École» and «l ecole» are the same."""
    decompose = unicodedata.normalize("NFKD", texte.casefold().replace("œ", "oe").replace("æ", "ae"))
    return "".join(c if c.isalnum() else " " for c in decompose if not unicodedata.combining(c))
