"""The fiches that one page shows together, because they are merged."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Select, or_, select

from mse.extensions import db
from mse.fiches.models import Fiche

_F = Fiche.__table__.c


def list_groupe(fiche: Fiche) -> list[int]:
    """Return the ids of the fiche and of those merged with it, the main one first; no query for most."""
    if not (fiche.est_reunie or fiche.nombre_reunies):
        return [fiche.id]
    racine = fiche.reunie_a_id or fiche.id
    return [racine, *db.session.scalars(select_reunies(racine).order_by(_F.id))]


def select_reunies(racine: Any) -> Select[int]:
    """Select the ids of the fiches merged into this one."""
    return select(_F.id).where(_F.reunie_a_id == racine)


def map_groupes(fiche_ids: Collection[int]) -> Mapping[int, frozenset[int]]:
    """Return, by id, the fiches merged with each of these. One that is on its own is left out."""
    racines = select(_F.reunie_a_id).where(_F.id.in_(fiche_ids), _F.reunie_a_id.is_not(None))
    memes = or_(_F.reunie_a_id.in_(racines), _F.reunie_a_id.in_(fiche_ids))
    groupes: dict[int, set[int]] = {}
    for row in db.session.execute(select(_F.id, _F.reunie_a_id).where(memes)):
        groupes.setdefault(row.reunie_a_id, {row.reunie_a_id}).add(row.id)
    return {ident: frozenset(groupe) for groupe in groupes.values() for ident in groupe}
