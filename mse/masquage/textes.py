"""Convert masked texts to HTML before a use case; write them and say which pages have changed within it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mse.comptes.models import Compte
from mse.core.clock import now
from mse.core.html import sanitize
from mse.core.use_cases import record
from mse.extensions import db
from mse.fiches.models import Etape, Fiche
from mse.masquage.events import TextesChanges
from mse.masquage.queries import Trouvaille
from mse.masquage.workflow import Sujet

_INLINE = re.compile(r"^<p>|</p>\s*$")


def render_texts(trouvailles: Iterable[Trouvaille]) -> dict[str, str]:
    """Return the HTML of the masked texts, and of the words alone, by text. Slow: before the transaction."""
    textes = {une.apres: sanitize(une.apres) for une in trouvailles}
    mots = {mot: _INLINE.sub("", sanitize(mot)) for une in trouvailles for mot in une.mots}
    return {**textes, **mots}


def write_text(ligne: Any, champ: str, texte: str, html: str | None) -> None:
    """Set a text and its HTML, and the instant that feeds and the API give for the change."""
    setattr(ligne, champ, texte)
    if hasattr(ligne, f"{champ}_html"):
        setattr(ligne, f"{champ}_html", html)
    if isinstance(ligne, Etape):
        ligne.corrigee_le = now()
        db.session.get_one(Fiche, ligne.fiche_id).modifiee_le = now()
    elif isinstance(ligne, Fiche):
        ligne.modifiee_le = now()


def tell_changes(
    pages: Iterable[tuple[Sujet, int, Sequence[str]]], *, par: Compte, rendus: Mapping[str, str]
) -> None:
    """Record one event for each page. `pages`: (kind, id, words that disappeared)."""
    disparus: dict[tuple[Sujet, int], dict[str, str]] = {}
    for sujet, page_id, mots in pages:
        disparus.setdefault((sujet, page_id), {}).update({mot: rendus[mot] for mot in mots})
    for (sujet, page_id), textes in disparus.items():
        record(TextesChanges(page_id=page_id, sujet=sujet, disparus=tuple(textes.items()), par_id=par.id))
