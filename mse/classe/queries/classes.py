"""Queries: the class of a draft, and what it has received."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, Row, Select, bindparam, case, func, select

from mse.classe.models import ClasseDeFiche, Contribution, Participant
from mse.classe.policies import peut_reprendre
from mse.classe.workflow import MONTREES, Etat
from mse.comptes.models import Compte
from mse.core.database import is_state
from mse.core.registry import ROWS_MAX
from mse.extensions import db
from mse.fiches.api import Publication
from mse.fiches.models import Fiche
from mse.representation.api import Lecteur

_SIENNES = Fiche.promotion_id.in_(bindparam("delegue_de", expanding=True, type_=Integer))


def get_classe(fiche: Fiche) -> ClasseDeFiche | None:
    return db.session.get(ClasseDeFiche, fiche.id)


def get_classe_par_jeton(jeton_hash: str) -> ClasseDeFiche | None:
    """Return the class of a link, open or not; None if the link was replaced."""
    return db.session.scalar(select(ClasseDeFiche).where(ClasseDeFiche.jeton_hash == jeton_hash))


def lock_classe(jeton_hash: str) -> ClasseDeFiche | None:
    """The same under a lock: the link cannot be closed before the end of the transaction."""
    query = select(ClasseDeFiche).where(ClasseDeFiche.jeton_hash == jeton_hash).with_for_update()
    return db.session.scalar(query.execution_options(populate_existing=True))


def lock_classe_de(fiche_id: int) -> ClasseDeFiche | None:
    query = select(ClasseDeFiche).where(ClasseDeFiche.fiche_id == fiche_id).with_for_update()
    return db.session.scalar(query.execution_options(populate_existing=True))


def get_participant(fiche_id: int, marque: str) -> Participant | None:
    query = select(Participant).where(Participant.fiche_id == fiche_id, Participant.marque == marque)
    return db.session.scalar(query)


def get_contribution(compte: Compte | None, fiche_id: int, contribution_id: int) -> Contribution | None:
    """Return a contribution to a draft that `compte` writes."""
    query = select(Contribution).where(Contribution.id == contribution_id, Contribution.fiche_id == fiche_id)
    contribution = db.session.scalar(query)
    return contribution if contribution is not None and peut_reprendre(compte, contribution) else None


def get_contribution_par_cle(cle: str) -> Contribution | None:
    return db.session.scalar(select(Contribution).where(Contribution.cle == cle))


def get_derniere_contribution(participant: Participant) -> Contribution | None:
    query = select(Contribution).where(Contribution.participant_id == participant.id)
    return db.session.scalar(query.order_by(Contribution.id.desc()).limit(1))


def count_contributions(fiche_id: int) -> int:
    return db.session.scalar(select(func.count()).where(Contribution.fiche_id == fiche_id)) or 0


def count_envois(participant: Participant) -> int:
    query = select(func.count()).where(Contribution.participant_id == participant.id)
    return db.session.scalar(query) or 0


@dataclass(frozen=True)
class Participation:
    """How many devices took part, and how many of those still known said that they are concerned."""

    nombre: int
    concernes: int


def count_participants(fiche_id: int) -> Participation:
    concernes = func.coalesce(func.sum(case((Participant.est_concerne, 1), else_=0)), 0)
    query = select(func.count(), concernes).where(Participant.fiche_id == fiche_id)
    connus, ont_dit = db.session.execute(query).one()
    effaces = select(ClasseDeFiche.participants_effaces).where(ClasseDeFiche.fiche_id == fiche_id)
    return Participation(connus + (db.session.scalar(effaces) or 0), ont_dit)


def list_contributions(fiche: Fiche) -> Sequence[Contribution]:
    """Return the last contributions to the draft, newest first."""
    query = select(Contribution).where(Contribution.fiche_id == fiche.id)
    return db.session.scalars(query.order_by(Contribution.id.desc()).limit(MONTREES)).all()


def select_contributions_recues() -> Select[*tuple[Any, ...]]:
    """Select what waits for the delegates as (contribution, fiche), for the registry."""
    query: Select[*tuple[Any, ...]] = select(Contribution.id, Contribution.fiche_id)
    return query.join(Fiche, Fiche.id == Contribution.fiche_id).where(
        _SIENNES,
        is_state(Fiche.publication, Publication.BROUILLON),
        is_state(Contribution.etat, Etat.RECUE),
    )


def list_classes_a_lire(lecteur: Lecteur) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the drafts with contributions to read, last received first: fiche, title, number, last one."""
    query: Select[*tuple[Any, ...]] = (
        select(
            Fiche.id,
            Fiche.titre,
            func.count().label("nombre"),
            func.max(Contribution.le).label("le"),
        )
        .join(Contribution, Contribution.fiche_id == Fiche.id)
        .where(
            _SIENNES,
            is_state(Fiche.publication, Publication.BROUILLON),
            is_state(Contribution.etat, Etat.RECUE),
        )
        .group_by(Fiche.id, Fiche.titre)
        .order_by(func.max(Contribution.id).desc())
        .limit(ROWS_MAX)
    )
    return db.session.execute(query, dict(lecteur.parameters)).all()
