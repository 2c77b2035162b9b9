"""Columns of a saisine in the lists of «mon espace», the same for every role."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select

from mse.annuaire.models import Acteur
from mse.core.database import is_state
from mse.core.html import without_stars
from mse.fiches.api import Publication, Statut
from mse.fiches.models import Fiche, Saisine
from mse.representation.models import Promotion

QUEUE_SIZE = 50
EXTRAIT = 140  # characters of an excerpt: two lines on a phone, one on a wide screen

Lignes = Sequence[Row[*tuple[Any, ...]]]

_SAISINE = (
    Saisine.id,
    Saisine.fiche_id,
    is_state(Saisine.statut, Statut.EN_COURS).label("est_en_cours"),
    Saisine.prise_en_charge_le,
    Saisine.prise_en_charge_due,
    Saisine.reponse_due,
    Saisine.deposee_le,
    Fiche.titre,
    Fiche.theme_code,
    Fiche.effectif_concerne,
    Acteur.nom.label("acteur"),
    Promotion.titre.label("promotion"),
    Promotion.fin.label("fin_promotion"),
)


def select_saisines() -> Select[*tuple[Any, ...]]:
    """Select the saisines of public fiches."""
    saisine: Select[*tuple[Any, ...]] = select(*_SAISINE)
    return (
        saisine.join(Fiche, Fiche.id == Saisine.fiche_id)
        .join(Acteur, Acteur.id == Saisine.acteur_id)
        .join(Promotion, Promotion.id == Fiche.promotion_id)
        .where(is_state(Fiche.publication, Publication.PUBLIEE))
    )


def cut(texte: Any, length: int = EXTRAIT) -> ColumnElement[str]:
    """Select the first characters of a Markdown text, for `shorten`."""
    return func.substr(texte, 1, length)


def shorten(debut: str, length: int = EXTRAIT) -> str:
    """Return a text selected by `cut` without stars, ending with a whole word if it was cut."""
    texte = without_stars(debut) if "*" in debut else debut
    return f"{texte.rpartition(' ')[0] or texte} …" if len(debut) == length else texte
