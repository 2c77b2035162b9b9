"""Promotions of an organisme, and those that lack a delegate."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, exists, func, select, tuple_
from sqlalchemy.orm import joinedload, selectinload

from mse.annuaire.models import Acteur, Commune
from mse.comptes.models import Compte
from mse.core.clock import midnight
from mse.core.database import is_state
from mse.extensions import db
from mse.representation.models import (
    DELAI_ELECTION,
    Election,
    Mandat,
    NatureElection,
    Promotion,
    Representation,
    RoleMandat,
    representation,
)

PAGE_SIZE, A_CONTINUER = 25, 100


class Moment(StrEnum):
    """The tabs of «Mes promotions»."""

    SANS_DELEGUE = "sans-delegue"
    EN_COURS = "en-cours"
    A_VENIR = "a-venir"
    TERMINEES = "terminees"


@dataclass(frozen=True, kw_only=True)
class LignePromotion:
    id: int
    titre: str
    commune: str
    debut: date
    fin: date
    effectif: int
    representation: Representation


_dernier_mandat = (
    select(func.max(func.coalesce(Mandat.fin, Promotion.fin)))
    .where(Mandat.promotion_id == Promotion.id)
    .correlate(Promotion)
    .scalar_subquery()
)
_derniere_carence = (
    select(func.max(Election.le))
    .where(Election.promotion_id == Promotion.id, Election.nature == NatureElection.CARENCE)
    .correlate(Promotion)
    .scalar_subquery()
)


def _en_poste(le: date, role: RoleMandat, *, venu: bool) -> ColumnElement[bool]:
    """SQL condition: the promotion has a current mandat with that role. With `venu`, its holder had activated
    the compte by the day `le`."""
    mandat = select(Mandat.id).where(
        Mandat.promotion_id == Promotion.id,
        Mandat.debut <= le,
        func.coalesce(Mandat.fin, Promotion.fin) >= le,
        is_state(Mandat.role, role),
    )
    if venu:
        mandat = mandat.join(Mandat.compte).where(Compte.active_le < midnight(le + timedelta(days=1)))
    return mandat.correlate(Promotion).exists()


def _sieges(le: date) -> list[ColumnElement[bool]]:
    """Return four SQL conditions: there is a titulaire, a suppléant, an activated compte of the titulaire,
    one of the suppléant."""
    return [_en_poste(le, role, venu=venu) for venu in (False, True) for role in RoleMandat]


def _sans_delegue(le: date) -> ColumnElement[bool]:
    """SQL condition: the promotion lacks a delegate, as the measure «représentation» of the météo counts it.

    The course is running, began at least 21 days ago, and no current delegate has activated their compte. A
    promotion with a carence lacks a delegate too.
    """
    return and_(
        Promotion.debut <= le - DELAI_ELECTION,
        Promotion.fin >= le,
        *(~_en_poste(le, role, venu=True) for role in RoleMandat),
    )


def _conditions_by_moment(le: date) -> dict[Moment, ColumnElement[bool]]:
    return {
        Moment.SANS_DELEGUE: _sans_delegue(le),
        Moment.EN_COURS: and_(Promotion.debut <= le, Promotion.fin >= le),
        Moment.A_VENIR: Promotion.debut > le,
        Moment.TERMINEES: Promotion.fin < le,
    }


def count_moments(organisme: Acteur, *, le: date) -> dict[Moment, int]:
    conditions = _conditions_by_moment(le)
    row = db.session.execute(
        select(*(func.count().filter(condition) for condition in conditions.values())).where(
            Promotion.organisme_id == organisme.id
        )
    ).one()
    return dict(zip(conditions, row, strict=True))


def count_sans_delegue(organismes: Collection[int], *, le: date) -> dict[int, int]:
    """Return the number of promotions without a delegate, by organisme id. An organisme with none is
    absent."""
    rows = db.session.execute(
        select(Promotion.organisme_id, func.count().label("nombre"))
        .where(Promotion.organisme_id.in_(organismes), _sans_delegue(le))
        .group_by(Promotion.organisme_id)
    )
    return {row.organisme_id: row.nombre for row in rows}


def list_promotions_de(
    organisme: Acteur, moment: Moment, *, le: date, after: tuple[date, int] | None = None
) -> tuple[list[LignePromotion], tuple[date, int] | None]:
    """Return one page of promotions, latest start first, and the cursor of the next page, if any."""
    query = (
        select(
            Promotion.id,
            Promotion.titre,
            Commune.nom,
            Promotion.debut,
            Promotion.fin,
            Promotion.effectif,
            *_sieges(le),
            _dernier_mandat,
            _derniere_carence,
        )
        .join(Commune, Commune.code == Promotion.commune_code)
        .where(Promotion.organisme_id == organisme.id, _conditions_by_moment(le)[moment])
        .order_by(Promotion.debut.desc(), Promotion.id.desc())
    )
    if after is not None:
        query = query.where(tuple_(Promotion.debut, Promotion.id) < tuple_(*after))
    lignes = [_make_ligne(row, le) for row in db.session.execute(query.limit(PAGE_SIZE + 1))]
    if len(lignes) <= PAGE_SIZE:
        return lignes, None
    return lignes[:PAGE_SIZE], (lignes[PAGE_SIZE - 1].debut, lignes[PAGE_SIZE - 1].id)


def _make_ligne(row: Row[*tuple[Any, ...]], le: date) -> LignePromotion:
    id, titre, commune, debut, fin, effectif, *faits = row
    return LignePromotion(
        id=id,
        titre=titre,
        commune=commune,
        debut=debut,
        fin=fin,
        effectif=effectif,
        representation=_representation(debut, fin, faits, le),
    )


def _representation(debut: date, fin: date, faits: Sequence[Any], le: date) -> Representation:
    """Compute the situation of a promotion. `faits`: the four conditions of `_sieges`, the last day of the
    last mandat, the date of the last carence."""
    titulaire, suppleant, titulaire_venu, suppleant_venu, dernier_mandat, derniere_carence = faits
    return representation(
        debut=debut,
        fin=fin,
        titulaire=titulaire,
        suppleant=suppleant,
        titulaire_venu=titulaire_venu,
        suppleant_venu=suppleant_venu,
        dernier_mandat=dernier_mandat,
        derniere_carence=derniere_carence,
        le=le,
    )


def lock_promotion(promotion: Promotion) -> None:
    """Lock and reload the promotion. Its elections, mandats and dates change only under this lock."""
    query = select(Promotion).where(Promotion.id == promotion.id).with_for_update()
    db.session.scalar(query.execution_options(populate_existing=True))


def get_representation(promotion: Promotion, *, le: date) -> Representation:
    query = select(*_sieges(le), _dernier_mandat, _derniere_carence).where(Promotion.id == promotion.id)
    return _representation(promotion.debut, promotion.fin, db.session.execute(query).one(), le)


def get_organisme(compte: Compte | None, acteur_id: int) -> Acteur | None:
    """Return the acteur if it is an organisme; a service has no promotions."""
    acteur = db.session.get(Acteur, acteur_id, options=[joinedload(Acteur.commune)])
    return acteur if acteur is not None and acteur.est_organisme else None


def get_promotion_tenue(compte: Compte | None, promotion_id: int) -> Promotion | None:
    """Return a promotion with everything that its management pages show."""
    return db.session.get(
        Promotion,
        promotion_id,
        options=[
            joinedload(Promotion.organisme),
            joinedload(Promotion.commune),
            joinedload(Promotion.succede_a),
            selectinload(Promotion.mandats).joinedload(Mandat.compte),
        ],
    )


def get_promotion_identique(organisme: Acteur, titre: str, commune: Commune, debut: date) -> Promotion | None:
    return db.session.scalar(
        select(Promotion)
        .where(
            Promotion.organisme_id == organisme.id,
            Promotion.titre == titre,
            Promotion.commune_code == commune.code,
            Promotion.debut == debut,
        )
        .limit(1)
    )


def get_suite(promotion: Promotion) -> Promotion | None:
    """Return the first promotion that continues this one."""
    query = select(Promotion).where(Promotion.succede_a_id == promotion.id).order_by(Promotion.debut).limit(1)
    return db.session.scalar(query)


def list_promotions_a_continuer(organisme: Acteur) -> Sequence[Promotion]:
    """Return promotions that a new one may continue, latest start first."""
    return db.session.scalars(
        select(Promotion)
        .where(Promotion.organisme_id == organisme.id)
        .order_by(Promotion.debut.desc(), Promotion.id.desc())
        .limit(A_CONTINUER)
    ).all()


def list_communes_de(organisme: Acteur) -> Sequence[Commune]:
    """Return communes of the organisme's promotions, as suggestions for the form."""
    return db.session.scalars(
        select(Commune)
        .where(Commune.code.in_(select(Promotion.commune_code).where(Promotion.organisme_id == organisme.id)))
        .order_by(Commune.tri, Commune.code)
        .limit(A_CONTINUER)
    ).all()


def get_promotion(promotion_id: int) -> Promotion | None:
    return db.session.get(Promotion, promotion_id, options=[joinedload(Promotion.organisme)])


def list_promotions(ids: Collection[int]) -> Sequence[Promotion]:
    return db.session.scalars(
        select(Promotion)
        .where(Promotion.id.in_(ids))
        .options(joinedload(Promotion.organisme), joinedload(Promotion.commune))
        .order_by(Promotion.debut.desc(), Promotion.id.desc())
    ).all()


def has_promotions(acteur: Acteur) -> bool:
    query = select(exists().where(Promotion.organisme_id == acteur.id))
    return bool(db.session.scalar(query))


def list_promotions_ouvertes(*, le: date, organismes: Collection[int] | None = None) -> Sequence[Promotion]:
    """Return promotions not ended on the day `le`, of the given organismes or of all."""
    query = select(Promotion).where(Promotion.fin >= le).options(joinedload(Promotion.organisme))
    if organismes is not None:
        query = query.where(Promotion.organisme_id.in_(organismes))
    return db.session.scalars(query.order_by(Promotion.id)).all()


def list_promotions_debutant(organisme: Acteur, commune_code: str, *, le: date) -> Sequence[Promotion]:
    """Return promotions of the organisme that begin on the day `le` in the commune."""
    return db.session.scalars(
        select(Promotion)
        .where(
            Promotion.organisme_id == organisme.id,
            Promotion.commune_code == commune_code,
            Promotion.debut == le,
        )
        .order_by(Promotion.id)
    ).all()
