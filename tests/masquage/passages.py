"""Masked passages for the tests."""

from typing import Any

from devtools.factories import Monde
from mse.fiches.models import Fiche
from mse.masquage.models import Passage
from mse.masquage.queries import find_mots, list_passages
from mse.masquage.textes import render_texts
from mse.masquage.use_cases import masquer_passage
from mse.masquage.workflow import Sujet

MOTIF = "Ce passage nomme une personne."


def masquer(monde: Monde, page: Any, mots: str, sujet: Sujet = Sujet.FICHE) -> Passage:
    """Mask these words as the page does: find them, then confirm."""
    rendus = render_texts(find_mots(sujet, page.id, mots))
    masquer_passage(sujet, page, mots, MOTIF, par=monde.animatrice, rendus=rendus)
    return list_passages(sujet, page.id)[0]


def make_passage(monde: Monde, fiche: Fiche) -> Passage:
    """Mask the first two words of the causes."""
    return masquer(monde, fiche, " ".join(fiche.causes.split()[:2]))
