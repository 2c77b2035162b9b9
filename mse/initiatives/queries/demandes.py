"""Queries on requests to carry an initiative."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import contains_eager

from mse.annuaire.models import Acteur
from mse.comptes.models import Compte
from mse.core.clock import today
from mse.extensions import db
from mse.initiatives.models import DemandePortage, Initiative, Porteur
from mse.initiatives.workflow import EtatPortage
from mse.representation.models import Promotion
from mse.representation.policies import roles_de

_MAXIMUM = 50


def get_demande(_compte: Compte | None, initiative_id: int, demande_id: int) -> DemandePortage | None:
    """Return the request, whatever its state, if it belongs to this initiative."""
    demande = db.session.get(DemandePortage, demande_id)
    return demande if demande is not None and demande.initiative_id == initiative_id else None


def get_demande_en_attente(initiative_id: int, equipe: Promotion | Acteur) -> DemandePortage | None:
    colonne = DemandePortage.promotion_id if isinstance(equipe, Promotion) else DemandePortage.acteur_id
    return db.session.scalar(
        select(DemandePortage).where(
            DemandePortage.initiative_id == initiative_id,
            colonne == equipe.id,
            DemandePortage.etat == EtatPortage.ATTEND,
        )
    )


def list_demandes(initiative_id: int) -> Sequence[DemandePortage]:
    """Return the pending requests of an initiative, oldest first."""
    return _rows(DemandePortage.initiative_id == initiative_id)


def list_demandes_a_decider(compte: Compte) -> Sequence[DemandePortage]:
    """Return the pending requests that this person may decide: all for the team, else those of the
    initiatives that he carries."""
    roles = roles_de(compte)
    if roles.est_animateur:
        return _rows()
    portees = select(Porteur.initiative_id).where(
        Porteur.jusqu_a.is_(None),
        or_(Porteur.promotion_id.in_(roles.delegue_de), Porteur.acteur_id.in_(roles.agent_de)),
    )
    return _rows(DemandePortage.initiative_id.in_(portees))


def list_demandes_faites(compte: Compte) -> Sequence[DemandePortage]:
    """Return the pending requests of this person's promotions and organismes."""
    roles = roles_de(compte)
    if not (roles.promotions or roles.agent_de):
        return []
    return _rows(
        or_(
            DemandePortage.promotion_id.in_(roles.promotions),
            DemandePortage.organisme_id.in_(roles.agent_de),
        )
    )


def _rows(*conditions: ColumnElement[bool]) -> Sequence[DemandePortage]:
    """Return the pending requests: `DemandePortage.attend` in SQL."""
    query: Select[DemandePortage] = (
        select(DemandePortage)
        .join(DemandePortage.initiative)
        .join(DemandePortage.organisme)
        .outerjoin(DemandePortage.promotion)
        .where(DemandePortage.etat == EtatPortage.ATTEND, Initiative.retiree_le.is_(None), *conditions)
        .where(
            or_(
                Promotion.fin >= today(),
                and_(DemandePortage.promotion_id.is_(None), Acteur.ferme_le.is_(None)),
            )
        )
        .options(
            contains_eager(DemandePortage.initiative),
            contains_eager(DemandePortage.organisme),
            contains_eager(DemandePortage.promotion).joinedload(Promotion.organisme),
        )
        .order_by(DemandePortage.demandee_le, DemandePortage.id)
        .limit(_MAXIMUM)
    )
    return db.session.scalars(query).all()
