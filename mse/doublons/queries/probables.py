"""Pairs of fiches that an animateur has not looked at yet."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased, joinedload

from mse.comptes.models import Compte
from mse.doublons.models import DoublonProbable
from mse.extensions import db
from mse.fiches.api import Publication
from mse.fiches.models import Fiche
from mse.representation.api import Lecteur

LIMIT = 30
_une, _autre = aliased(Fiche), aliased(Fiche)


def select_probables() -> Select[Any, Any]:
    """Select the pairs to look at: both fiches are public and on their own."""
    query: Select[Any, Any] = (
        select(DoublonProbable.id, DoublonProbable.fiche_id)
        .join(_une, _une.id == DoublonProbable.fiche_id)
        .join(_autre, _autre.id == DoublonProbable.autre_id)
        .where(DoublonProbable.ecarte_le.is_(None))
    )
    for fiche in (_une, _autre):
        query = query.where(fiche.publication == Publication.PUBLIEE, fiche.reunie_a_id.is_(None))
    return query


def list_probables(_lecteur: Lecteur | None = None) -> Sequence[DoublonProbable]:
    """Return the pairs to look at, those that resemble each other most first, at most `LIMIT`."""
    ids = select_probables().order_by(DoublonProbable.ressemblance.desc(), DoublonProbable.id.desc())
    siennes = select(ids.limit(LIMIT).subquery().c.id)
    fiche = [joinedload(Fiche.theme), joinedload(Fiche.territoire)]
    query = select(DoublonProbable).where(DoublonProbable.id.in_(siennes))
    query = query.options(
        joinedload(DoublonProbable.fiche).options(*fiche), joinedload(DoublonProbable.autre).options(*fiche)
    )
    ordre = DoublonProbable.ressemblance.desc(), DoublonProbable.id.desc()
    return db.session.scalars(query.order_by(*ordre)).all()


def get_paire(_compte: Compte | None, paire_id: int) -> DoublonProbable | None:
    return db.session.get(DoublonProbable, paire_id)
