"""Columns of a saisine in the lists of «mon espace», the same for every role."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select

from mse.annuaire.models import Acteur
from mse.core.database import is_state
from mse.fiches.api import Publication, Statut
from mse.fiches.models import Fiche, Saisine
from mse.representation.models import Promotion

QUEUE_SIZE = 50
EXCERPT_SOURCE = 600  # characters of HTML read for an excerpt

Lignes = Sequence[Row[*tuple[Any, ...]]]

_SAISINE = (
    Saisine.id,
    Saisine.fiche_id,
    is_state(Saisine.statut, Statut.EN_COURS).label("est_en_cours"),
    Saisine.prise_en_charge_le,
    Saisine.prise_en_charge_due,
    Saisine.reponse_due,
    Saisine.suspendue_jusqu_au,
    Fiche.titre,
    Fiche.theme_code,
    Fiche.effectif_concerne,
    Saisine.acteur_id,
    Acteur.nom.label("acteur"),
    Acteur.delai_reponse,
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


def cut(html: Any) -> ColumnElement[str]:
    """Select the part of a text that `excerpt` needs."""
    return func.substr(html, 1, EXCERPT_SOURCE)
