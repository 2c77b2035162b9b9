"""Names as people seek them."""

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=2048)
def fold(texte: str) -> str:
    """Lower case without accents, ligatures and punctuation: «L’École» and «l ecole» are the same."""
    decompose = unicodedata.normalize("NFKD", texte.casefold().replace("œ", "oe").replace("æ", "ae"))
    return "".join(c if c.isalnum() else " " for c in decompose if not unicodedata.combining(c))


def name_key(nom: str) -> str:
    """Two names with the same key are the same name for whoever types them."""
    return " ".join(fold(nom).split())
