"""Queries: codes of posters, and the words left for the delegates."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Integer, Select, bindparam, func, or_, select

from mse.classe.models import CodeDePromotion, Mot
from mse.classe.policies import est_delegue_de, peut_afficher, peut_lire_mot
from mse.classe.workflow import MONTREES
from mse.comptes.models import Compte
from mse.core.registry import ROWS_MAX
from mse.extensions import db
from mse.representation.api import Lecteur
from mse.representation.models import Mandat, Promotion

_SIENNES = Mot.promotion_id.in_(bindparam("promotions", expanding=True, type_=Integer))


def get_code(promotion_id: int) -> CodeDePromotion | None:
    return db.session.get(CodeDePromotion, promotion_id)


def get_code_par_texte(code: str) -> CodeDePromotion | None:
    return db.session.scalar(select(CodeDePromotion).where(CodeDePromotion.code == code))


def lock_code(code: str) -> CodeDePromotion | None:
    query = select(CodeDePromotion).where(CodeDePromotion.code == code).with_for_update()
    return db.session.scalar(query)


def has_delegue(promotion_id: int, *, le: date) -> bool:
    """True if a mandat of the promotion is current on the day `le`."""
    query = (
        select(Mandat.id)
        .join(Promotion, Promotion.id == Mandat.promotion_id)
        .where(Mandat.promotion_id == promotion_id, Mandat.debut <= le, Promotion.fin >= le)
        .where(or_(Mandat.fin.is_(None), Mandat.fin >= le))
    )
    return db.session.scalar(query.limit(1)) is not None


def get_promotion_a_afficher(compte: Compte | None, promotion_id: int) -> Promotion | None:
    """Return a promotion whose poster `compte` may print. To others it is invisible."""
    promotion = db.session.get(Promotion, promotion_id)
    return promotion if promotion is not None and peut_afficher(compte, promotion) else None


def get_promotion_de(compte: Compte | None, promotion_id: int) -> Promotion | None:
    """Return a promotion of which `compte` is a current delegate."""
    promotion = db.session.get(Promotion, promotion_id)
    return promotion if promotion is not None and est_delegue_de(compte, promotion) else None


def get_mot(compte: Compte | None, mot_id: int) -> Mot | None:
    """Return a word left for `compte`."""
    mot = db.session.get(Mot, mot_id)
    return mot if mot is not None and peut_lire_mot(compte, mot) else None


def get_mot_par_cle(cle: str) -> Mot | None:
    return db.session.scalar(select(Mot).where(Mot.cle == cle))


def select_mots_a_lire() -> Select[*tuple[Any, ...]]:
    """Select the unread words as (word, word), for the registry."""
    query: Select[*tuple[Any, ...]] = select(Mot.id, Mot.id.label("mot_id"))
    return query.where(_SIENNES, Mot.lu_le.is_(None))


def list_mots_a_lire(lecteur: Lecteur) -> Sequence[Any]:
    """Return the promotions with unread words: promotion, title, number, last one."""
    query: Select[*tuple[Any, ...]] = (
        select(Mot.promotion_id, Promotion.titre, func.count().label("nombre"), func.max(Mot.le).label("le"))
        .join(Promotion, Promotion.id == Mot.promotion_id)
        .where(_SIENNES, Mot.lu_le.is_(None))
        .group_by(Mot.promotion_id, Promotion.titre)
        .order_by(Mot.promotion_id)
        .limit(ROWS_MAX)
    )
    return db.session.execute(query, dict(lecteur.parameters)).all()


def list_mots(promotion: Promotion) -> Sequence[Mot]:
    """Return the last words left for the delegates of the promotion, unread ones first."""
    query = select(Mot).where(Mot.promotion_id == promotion.id)
    return db.session.scalars(query.order_by(Mot.lu_le.is_not(None), Mot.id.desc()).limit(MONTREES)).all()
