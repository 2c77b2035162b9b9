"""Queries on the agents of an acteur."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Row, Select, exists, func, or_, select
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.base import ExecutableOption

from mse.annuaire.models import Acteur, Appartenance
from mse.annuaire.policies import postes_de, tient_annuaire
from mse.comptes.models import AdresseRefusee, Compte
from mse.extensions import db

# Functions (ids of comptes, ids of acteurs) → ids of those comptes that have or had another role at one of
# these acteurs. Each higher capability adds its own.
AUTRES_LIENS: list[Callable[[Collection[int], Collection[int]], Iterable[int]]] = []


def load_appartenances() -> Sequence[ExecutableOption]:
    """Return the loader option that reads the appartenances with a compte: see `policies.postes_de`."""
    return [joinedload(Compte.appartenances)]  # type: ignore[attr-defined]  # a backref


def has_agent(acteur_id: Any, *, le: date | BindParameter[date]) -> ColumnElement[bool]:
    """SQL condition: an activated agent works on the day `le` for the acteur of the column `acteur_id`."""
    return exists().where(
        Appartenance.acteur_id == acteur_id, Appartenance.compte_id == Compte.id, *_is_active(le)
    )


def select_sans_agent(*, le: date | BindParameter[date]) -> Select[int]:
    """Select the acteurs without an activated agent on the day `le`. The agents are read once, not for each
    acteur."""
    avec = select(Appartenance.acteur_id).join(Compte, Compte.id == Appartenance.compte_id)
    return select(Acteur.id).where(Acteur.id.not_in(avec.where(*_is_active(le))))


def _is_active(le: date | BindParameter[date]) -> tuple[ColumnElement[bool], ...]:
    """Return the SQL conditions: the appartenance is current on the day `le`, and the agent has activated
    their compte (others can read nothing)."""
    return Appartenance.debut <= le, not_ended(le), Compte.ferme_le.is_(None), Compte.active_le.is_not(None)


def acteurs_sans_compte(ids: Collection[int], *, le: date) -> set[int]:
    """Return acteurs without an activated agent on the day `le`: they «n’ont pas encore de compte»."""
    return set(ids) - set(
        db.session.scalars(
            select(Appartenance.acteur_id)
            .join(Appartenance.compte)
            .where(Appartenance.acteur_id.in_(ids), *_is_active(le))
        )
    )


def list_reconnus(par: Compte | None, comptes: Sequence[Compte]) -> list[Compte]:
    """Return the comptes whose existence may be revealed to `par`. Commands (None), animateurs and
    administrateurs: all. Agents: open comptes of people who have or had a role at their acteur.

    The number of statements is the same without any compte, so that the time reveals nothing.
    """
    if par is None or tient_annuaire(par):
        return list(comptes)
    ids, acteurs = [compte.id for compte in comptes], postes_de(par).agent_de
    query = select(Appartenance.compte_id)
    query = query.where(Appartenance.compte_id.in_(ids), Appartenance.acteur_id.in_(acteurs))
    lies = set(db.session.scalars(query))
    lies.update(*(list_lies(ids, acteurs) for list_lies in AUTRES_LIENS))
    return [compte for compte in comptes if compte.est_ouvert and compte.id in lies]


def get_appartenance(compte: Compte, acteur: Acteur, *, le: date) -> Appartenance | None:
    """Return the appartenance that has not ended on the day `le`."""
    return db.session.scalar(
        select(Appartenance).where(
            Appartenance.compte_id == compte.id,
            Appartenance.acteur_id == acteur.id,
            not_ended(le),
        )
    )


def get_appartenance_par_id(
    _compte: Compte | None, acteur_id: int, appartenance_id: int
) -> Appartenance | None:
    """Return an appartenance of this acteur, with its compte."""
    return db.session.scalar(
        select(Appartenance)
        .where(Appartenance.id == appartenance_id, Appartenance.acteur_id == acteur_id)
        .options(joinedload(Appartenance.acteur), joinedload(Appartenance.compte))
    )


def list_agents(acteur: Acteur, *, le: date) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return agents on the day `le`, référents first, for the management page, without e-mail addresses."""
    return db.session.execute(
        select(
            Appartenance.id,
            Appartenance.debut,
            Appartenance.est_referent,
            Appartenance.compte_id,
            Compte.prenom,
            Compte.nom,
            Compte.active_le,
            AdresseRefusee.le.label("refuse_le"),
            AdresseRefusee.motif.label("refuse_motif"),
        )
        .join(Appartenance.compte)
        .outerjoin(
            AdresseRefusee, AdresseRefusee.courriel == func.coalesce(Compte.courriel, Compte.courriel_invite)
        )
        .where(Appartenance.acteur_id == acteur.id, Compte.ferme_le.is_(None), not_ended(le))
        .order_by(Appartenance.est_referent.desc(), Compte.tri, Appartenance.id)
    ).all()


def count_referents(acteur: Acteur, *, le: date) -> int:
    """Count the référents who have an open compte."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Appartenance)
            .join(Appartenance.compte)
            .where(Appartenance.acteur_id == acteur.id, Appartenance.est_referent, Compte.ferme_le.is_(None))
            .where(Appartenance.debut <= le, not_ended(le))
        )
        or 0
    )


def list_appartenances_de(compte: Compte, *, le: date) -> Sequence[Appartenance]:
    """Return appartenances not ended on the day `le`."""
    return db.session.scalars(
        select(Appartenance)
        .where(Appartenance.compte_id == compte.id, not_ended(le))
        .options(joinedload(Appartenance.acteur))
    ).all()


def not_ended(le: date | BindParameter[date]) -> ColumnElement[bool]:
    """SQL condition: the appartenance has not ended on the day `le`."""
    return or_(Appartenance.fin.is_(None), Appartenance.fin > le)
