"""Queries on soutiens."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select

from mse.comptes.models import Compte
from mse.extensions import db
from mse.fiches.models import Fiche
from mse.fiches.queries.autres import Bloc
from mse.fiches.queries.pages import get_fiche
from mse.representation.models import Promotion
from mse.soutiens.models import Soutien
from mse.soutiens.policies import list_soutenantes


@dataclass(frozen=True, kw_only=True)
class Etat:
    """What the page of a fiche says of its soutiens. `siens`: those of the promotions of the reader."""

    fiche_id: int
    promotions: int
    personnes: int
    siens: Sequence[Soutien]
    peut_soutenir: bool


def select_jours_de_soutien(depuis: date, jusqu_a: date) -> Select[*tuple[Any, ...]]:
    """Select (promotion, day) of the soutiens given within the period, both ends included."""
    query: Select[*tuple[Any, ...]] = select(Soutien.promotion_id, Soutien.donne_le)
    return query.where(Soutien.donne_le.between(depuis, jusqu_a))


def get_soutien(fiche_id: int, promotion_id: int) -> Soutien | None:
    """Return the current soutien of a promotion."""
    query = select(Soutien).where(
        Soutien.fiche_id == fiche_id, Soutien.promotion_id == promotion_id, Soutien.retire_le.is_(None)
    )
    return db.session.scalar(query)


def list_soutiens(fiche_id: int, promotion_ids: Collection[int]) -> Sequence[Soutien]:
    query = select(Soutien).where(
        Soutien.fiche_id == fiche_id, Soutien.promotion_id.in_(promotion_ids), Soutien.retire_le.is_(None)
    )
    return db.session.scalars(query.order_by(Soutien.id)).all()


def list_autrices(fiche_id: int, promotion_ids: Collection[int]) -> set[int]:
    """Return the promotions that wrote a fiche merged into this one."""
    query = select(Fiche.promotion_id).where(
        Fiche.reunie_a_id == fiche_id, Fiche.promotion_id.in_(promotion_ids)
    )
    return set(db.session.scalars(query))


def list_promotions_de(compte: Compte | None, fiche: Fiche) -> Sequence[Promotion]:
    """Return the promotions in whose name the reader may support the fiche."""
    ids = list_soutenantes(compte, fiche)
    query = select(Promotion).where(Promotion.id.in_(ids - list_autrices(fiche.id, ids)))
    return db.session.scalars(query.order_by(Promotion.debut, Promotion.id)).all() if ids else []


def get_etat(compte: Compte | None, fiche: Fiche) -> Bloc | None:
    """Return the block of the page of a fiche. No query for a reader who is no delegate elsewhere."""
    siennes = list_soutenantes(compte, fiche) if not fiche.est_reunie else frozenset[int]()
    siens = list_soutiens(fiche.id, siennes) if siennes else ()
    libres = siennes - {soutien.promotion_id for soutien in siens}
    if libres and fiche.nombre_reunies:
        libres -= list_autrices(fiche.id, libres)
    if not (fiche.nombre_soutiens or siens or libres):
        return None
    etat = Etat(
        fiche_id=fiche.id,
        promotions=fiche.nombre_soutiens,
        personnes=fiche.personnes_aussi,
        siens=siens,
        peut_soutenir=bool(libres),
    )
    return Bloc("soutiens/_bloc.html", etat)


def get_fiche_soutenue(compte: Compte | None, fiche_id: int) -> Fiche | None:
    """Return a public fiche."""
    fiche = get_fiche(compte, fiche_id)
    return fiche if fiche is not None and fiche.est_publique else None
