"""People that a user may invite: they have not activated their compte yet, or have no verified address."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import selectinload

from mse.annuaire.models import Appartenance
from mse.comptes.models import Compte
from mse.comptes.queries import attendu
from mse.extensions import db
from mse.representation.models import Mandat, Promotion
from mse.representation.policies import peut_inviter, roles_de

PAGE = 50


def get_invite(par: Compte | None, compte_id: int) -> Compte | None:
    """Return the compte if `par` may invite this person, even if it is already active."""
    compte = db.session.scalar(_with_roles().where(Compte.id == compte_id))
    return compte if compte is not None and peut_inviter(par, compte) else None


def list_corrigeables(par: Compte | None, ids: Collection[int]) -> set[int]:
    """Return the ids of those accounts that were never activated and whose address `par` may correct."""
    comptes = db.session.scalars(_with_roles().where(Compte.id.in_(ids))) if ids else ()
    return {compte.id for compte in comptes if compte.est_attendu and peut_inviter(par, compte)}


def list_invites(par: Compte, *, after: int | None = None) -> tuple[Sequence[Compte], int | None]:
    """Return one page of invited people, newest first, and the cursor of the next page, if any."""
    roles = roles_de(par)
    query = _with_roles().where(Compte.ferme_le.is_(None), is_expected())
    if not (roles.est_animateur or roles.est_administrateur):
        mandat = exists().where(
            Mandat.compte_id == Compte.id,
            Mandat.promotion_id == Promotion.id,
            Promotion.organisme_id.in_(roles.agent_de),
        )
        appartenance = exists().where(
            Appartenance.compte_id == Compte.id, Appartenance.acteur_id.in_(roles.referent_de)
        )
        query = query.where(or_(mandat, appartenance))
    if after is not None:
        query = query.where(Compte.id < after)
    comptes = db.session.scalars(query.order_by(Compte.id.desc()).limit(PAGE + 1)).all()
    suite = comptes[PAGE - 1].id if len(comptes) > PAGE else None
    return [compte for compte in comptes[:PAGE] if peut_inviter(par, compte)], suite


def is_expected() -> ColumnElement[bool]:
    """True if the compte is not activated yet, or its address is not verified."""
    return or_(and_(*attendu()), Compte.courriel_prouve_le.is_(None))


def _with_roles() -> Select[Compte]:
    mandats = selectinload(Compte.mandats)  # type: ignore[attr-defined]
    appartenances = selectinload(Compte.appartenances)  # type: ignore[attr-defined]
    return select(Compte).options(
        mandats.joinedload(Mandat.promotion).joinedload(Promotion.organisme),
        appartenances.joinedload(Appartenance.acteur),
    )
