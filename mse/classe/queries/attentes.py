"""Queries: what has waited long enough to be said by mail."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select

from mse.classe.models import ClasseDeFiche, CodeDePromotion, Contribution, Mot
from mse.classe.workflow import ATTENTE, REPOS, Etat
from mse.core.database import is_state
from mse.extensions import db
from mse.fiches.api import Publication
from mse.fiches.models import Fiche

_LOT = 100  # of one run


def list_classes_en_attente(*, le: datetime) -> Sequence[ClasseDeFiche]:
    """Return the drafts with a contribution that waits and was not announced yet."""
    attend = (
        select(Contribution.id)
        .where(
            Contribution.fiche_id == ClasseDeFiche.fiche_id,
            is_state(Contribution.etat, Etat.RECUE),
            Contribution.le < le - ATTENTE,
            or_(ClasseDeFiche.annoncee_le.is_(None), Contribution.le > ClasseDeFiche.annoncee_le),
        )
        .correlate(ClasseDeFiche)
        .exists()
    )
    query = (
        select(ClasseDeFiche)
        .join(Fiche, Fiche.id == ClasseDeFiche.fiche_id)
        .where(
            is_state(Fiche.publication, Publication.BROUILLON),
            or_(ClasseDeFiche.annoncee_le.is_(None), ClasseDeFiche.annoncee_le < le - REPOS),
            attend,
        )
    )
    return db.session.scalars(query.order_by(ClasseDeFiche.fiche_id).limit(_LOT)).all()


def list_codes_en_attente(*, le: datetime) -> Sequence[CodeDePromotion]:
    """Return the promotions with a word that waits and was not announced yet."""
    attend = (
        select(Mot.id)
        .where(
            Mot.promotion_id == CodeDePromotion.promotion_id,
            Mot.lu_le.is_(None),
            Mot.le < le - ATTENTE,
            or_(CodeDePromotion.annonce_le.is_(None), Mot.le > CodeDePromotion.annonce_le),
        )
        .correlate(CodeDePromotion)
        .exists()
    )
    query = select(CodeDePromotion).where(
        or_(CodeDePromotion.annonce_le.is_(None), CodeDePromotion.annonce_le < le - REPOS), attend
    )
    return db.session.scalars(query.order_by(CodeDePromotion.promotion_id).limit(_LOT)).all()


def count_recues(fiche_id: int) -> int:
    """Return the number of contributions to a draft that wait to be read."""
    siennes = Contribution.fiche_id == fiche_id, is_state(Contribution.etat, Etat.RECUE)
    return db.session.scalar(select(func.count()).where(*siennes)) or 0


def count_mots(promotion_id: int) -> int:
    """Return the number of unread words."""
    return (
        db.session.scalar(select(func.count()).where(Mot.promotion_id == promotion_id, Mot.lu_le.is_(None)))
        or 0
    )
