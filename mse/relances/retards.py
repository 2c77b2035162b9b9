"""Queries: the late answers that animateurs see in «mon espace»."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Date, Row, Select, and_, bindparam, case, func, literal_column, select

from mse.annuaire.models import Acteur
from mse.annuaire.queries import is_urgent
from mse.core.database import is_state
from mse.core.registry import ROWS_MAX
from mse.extensions import db
from mse.fiches.api import Statut
from mse.fiches.models import Fiche, Saisine
from mse.fiches.queries.listes import jours_donnes, start_of
from mse.representation.api import Lecteur
from mse.representation.models import Promotion

Lignes = Sequence[Row[*tuple[Any, ...]]]


def _is_late() -> ColumnElement[bool]:
    """SQL condition: the answer was due before the day `le`. A suspended time limit is never late."""
    due = Saisine.reponse_due < bindparam("le", type_=Date)
    return and_(is_state(Saisine.statut, Statut.EN_COURS), due, Saisine.est_publique)


def select_urgents() -> Select[*tuple[Any, ...]]:
    """Select the late saisines of urgent thèmes, as (saisine, fiche) for the registry."""
    query: Select[*tuple[Any, ...]] = select(Saisine.id, Saisine.fiche_id)
    return query.where(_is_late(), is_urgent(Saisine.theme_code))


def list_urgents(lecteur: Lecteur) -> Lignes:
    """Return the first late saisines of urgent thèmes, earliest due date first."""
    query = (
        select_urgents()
        .add_columns(
            Fiche.titre,
            Fiche.theme_code,
            start_of(Fiche.probleme_html).label("probleme"),
            Saisine.reponse_due.label("depuis"),
            Promotion.titre.label("promotion"),
            Acteur.nom.label("acteur"),
        )
        .join(Fiche, Fiche.id == Saisine.fiche_id)
        .join(Promotion, Promotion.id == Fiche.promotion_id)
        .join(Acteur, Acteur.id == Saisine.acteur_id)
        .order_by(Saisine.reponse_due, Saisine.id)
        .limit(ROWS_MAX)
    )
    return db.session.execute(query, dict(lecteur.parameters)).all()


def list_par_acteur(lecteur: Lecteur) -> Lignes:
    """Return the acteurs with a late answer on another thème, longest delay first: the number of all their
    late answers, that of urgent thèmes among them, the earliest due date and, if there is one only, its
    saisine."""
    premiere = func.min(Saisine.reponse_due)
    urgents = func.sum(case((is_urgent(Saisine.theme_code), literal_column("1")), else_=literal_column("0")))
    query = (
        select(
            Acteur.id,
            Acteur.nom,
            func.max(jours_donnes()).label("jours_donnes"),
            func.count().label("nombre"),
            urgents.label("urgentes"),
            premiere.label("reponse_due"),
            func.min(Saisine.fiche_id).label("fiche_id"),
            func.min(Saisine.id).label("saisine_id"),
        )
        .select_from(Saisine)
        .join(Acteur, Acteur.id == Saisine.acteur_id)
        .where(_is_late())
        .group_by(Acteur.id, Acteur.nom)
        .having(func.count() > urgents)
        .order_by(premiere, Acteur.id)
        .limit(ROWS_MAX)
    )
    return db.session.execute(query, dict(lecteur.parameters)).all()
