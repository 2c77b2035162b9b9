"""Queries: the drafts and the fiches of a delegate's promotions."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Integer, Row, Select, and_, bindparam, func, or_, select

from mse.annuaire.models import Acteur
from mse.core.clock import midnight
from mse.core.database import is_state
from mse.core.registry import ROWS_MAX
from mse.extensions import db
from mse.fiches.api import NatureEtape, Publication
from mse.fiches.models import Avis, Etape, Fiche, Saisine
from mse.fiches.queries.listes import jours_donnes
from mse.representation.api import Lecteur

Lignes = Sequence[Row[*tuple[Any, ...]]]

_DERNIER_AVIS = (
    select(func.max(Avis.id))
    .join(Saisine, Saisine.id == Avis.saisine_id)
    .where(Saisine.fiche_id == Fiche.id, Avis.tour == Saisine.tour)
    .correlate(Fiche)
)
_AVIS = select(Avis.valeur).where(Avis.id == _DERNIER_AVIS.scalar_subquery()).correlate(Fiche)
# Time to answer of the owner whose answer is due next, in working days
_DELAI = (
    select(func.max(jours_donnes()))
    .select_from(Acteur)
    .join(Saisine, Saisine.acteur_id == Acteur.id)
    .where(Saisine.fiche_id == Fiche.id, Saisine.reponse_due == Fiche.prochaine_echeance)
    .correlate(Fiche)
)
_SIENNES = Fiche.promotion_id.in_(bindparam("delegue_de", expanding=True, type_=Integer))


def select_brouillons() -> Select[*tuple[Any, ...]]:
    """Select the drafts of the promotions as (item, fiche) for the registry: the item is the fiche."""
    query: Select[*tuple[Any, ...]] = select(Fiche.id, Fiche.id.label("fiche_id"))
    return query.where(_SIENNES, is_state(Fiche.publication, Publication.BROUILLON))


def list_brouillons(lecteur: Lecteur) -> Lignes:
    """Return the first drafts, last changed first."""
    columns = (Fiche.titre, Fiche.modifiee_le, Fiche.motif_moderation)
    return _read(select_brouillons().add_columns(*columns), lecteur)


def list_deposees(lecteur: Lecteur) -> Lignes:
    """Return the filed fiches of the promotions, last changed first, each with the last verdict of its
    delegates on a present (not replaced) answer."""
    delai, avis = _DELAI.scalar_subquery().label("jours_donnes"), _AVIS.scalar_subquery().label("avis")
    return _read(_select_deposees(_SIENNES, extra=(avis, delai)), lecteur)


def list_anciennes(lecteur: Lecteur) -> Lignes:
    """Return the fiches that a former delegate may still read (see `peut_lire`), last changed first."""
    siennes = [
        and_(
            Fiche.promotion_id == promotion_id,
            or_(
                Fiche.auteur_id == lecteur.compte.id,
                Fiche.deposee_le < midnight(fin + timedelta(days=1)),
            ),
        )
        for promotion_id, fin in lecteur.roles.ancien_delegue_de.items()
    ]
    return _read(_select_deposees(or_(*siennes)), lecteur)


def _select_deposees(
    siennes: ColumnElement[bool], extra: Collection[ColumnElement[Any]] = ()
) -> Select[*tuple[Any, ...]]:
    return select(
        Fiche.id,
        Fiche.titre,
        Fiche.publication,
        Fiche.statut,
        Fiche.deposee_le,
        Fiche.est_orientee,
        Fiche.prochaine_echeance,
        *extra,
    ).where(siennes, Fiche.publication != Publication.BROUILLON)


def _read(query: Select[*tuple[Any, ...]], lecteur: Lecteur) -> Lignes:
    query = query.order_by(Fiche.modifiee_le.desc(), Fiche.id.desc()).limit(ROWS_MAX)
    return db.session.execute(query, dict(lecteur.parameters)).all()


def get_fiche_par_cle(cle: str) -> Fiche | None:
    return db.session.scalar(select(Fiche).where(Fiche.cle == cle))


def get_derniere_precision(fiche: Fiche) -> str | None:
    """Return the text of the last précision."""
    query = select(Etape.texte).where(Etape.fiche_id == fiche.id, Etape.nature == NatureEtape.PRECISION)
    return db.session.scalar(query.order_by(Etape.id.desc()).limit(1))
