"""Queries: fiches to read before publication, and fiches without an owner."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, select, text

from mse.annuaire.models import Acteur
from mse.annuaire.queries import is_urgent
from mse.core.database import is_state
from mse.core.registry import ROWS_MAX
from mse.extensions import db
from mse.fiches.api import Publication
from mse.fiches.models import Fiche
from mse.fiches.queries.listes import start_of
from mse.representation.api import Lecteur
from mse.representation.models import Promotion

Lignes = Sequence[Row[*tuple[Any, ...]]]


def select_retenues() -> Select[*tuple[Any, ...]]:
    """Select the retained fiches as (item, fiche) for the registry: the item is the fiche."""
    query: Select[*tuple[Any, ...]] = select(Fiche.id, Fiche.id.label("fiche_id"))
    autre = ~is_state(Fiche.publication, Publication.PUBLIEE)  # selects the partial index
    return query.where(is_state(Fiche.publication, Publication.RETENUE), autre)


def list_retenues(lecteur: Lecteur) -> Lignes:
    return _list(select_retenues(), lecteur)


def select_a_orienter() -> Select[*tuple[Any, ...]]:
    """Select the public fiches without an owner as (item, fiche) for the registry: the item is the fiche."""
    query: Select[*tuple[Any, ...]] = select(Fiche.id, Fiche.id.label("fiche_id"))
    # The words of the partial index: SQLite does not recognise `est_orientee = 0`, which SQLAlchemy writes.
    query = query.where(is_state(Fiche.publication, Publication.PUBLIEE), text("NOT fiches.est_orientee"))
    return query.where(Fiche.reunie_a_id.is_(None))  # its main fiche is in the list


def list_a_orienter(lecteur: Lecteur) -> Lignes:
    return _list(select_a_orienter(), lecteur)


def _list(ids: Select[*tuple[Any, ...]], lecteur: Lecteur) -> Lignes:
    """Return the first fiches, urgent thèmes first, then in the order of filing."""
    query = (
        ids.add_columns(
            Fiche.titre,
            Fiche.theme_code,
            start_of(Fiche.probleme_html).label("probleme"),
            Fiche.deposee_le.label("depuis"),
            Promotion.titre.label("promotion"),
            Acteur.nom.label("acteur"),
        )
        .join(Promotion, Promotion.id == Fiche.promotion_id)
        .join(Acteur, Acteur.id == Promotion.organisme_id)
        .order_by(is_urgent(Fiche.theme_code).desc(), Fiche.deposee_le, Fiche.id)
        .limit(ROWS_MAX)
    )
    return db.session.execute(query, dict(lecteur.parameters)).all()
