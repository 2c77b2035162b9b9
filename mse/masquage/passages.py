"""Find words in a text, and replace them by the mark."""

import re
from collections.abc import Sequence
from re import Pattern

from mse.core.text import _, lazy

MARQUE = lazy("[passage masqué]")
_BETWEEN = r"[\s*]+"  # words copied from the page have neither the stars nor the line ends of the source
_APOSTROPHES = re.compile("['’]")


def compile_mots(mots: str) -> Pattern[str]:
    """Return the pattern of these words: any case, any spaces, any apostrophe; whole words only."""
    parts = [_APOSTROPHES.sub("['’]", re.escape(mot)) for mot in mots.replace("*", " ").split()]
    return re.compile(rf"(?<!\w){_BETWEEN.join(parts)}(?!\w)", re.IGNORECASE)


def mask(texte: str, pattern: Pattern[str], *, longest: int | None) -> tuple[str, Sequence[str]]:
    """Return the text with the mark in place of the words, and the words as they were written.

    `longest`: characters that the column holds; the end of a longer result is left out.
    """
    masked = pattern.sub(str(MARQUE), texte)
    if longest is not None and len(masked) > longest:
        masked = f"{masked[: longest - 1].rstrip()}…"
    return masked, list(dict.fromkeys(pattern.findall(texte)))


def dire_introuvable() -> str:
    return _("Ces mots ne sont dans aucun texte de cette page. Copiez-les tels qu’ils sont écrits.")
