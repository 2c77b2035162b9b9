"""Queries on requests to become a porteur of an initiative."""

from collections.abc import Collection, Sequence

from sqlalchemy import (
    Boolean,
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    and_,
    bindparam,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import joinedload

from mse.annuaire.models import Acteur
from mse.comptes.models import Compte
from mse.core.clock import today
from mse.core.database import is_state
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
    d_une_initiative = _pending(DemandePortage.initiative_id == initiative_id).params(le=today())
    return _load(db.session.scalars(d_une_initiative).all())


def list_demandes_de(compte: Compte) -> tuple[Sequence[DemandePortage], Sequence[DemandePortage]]:
    """Return the pending requests that this person may decide, then those of this person's promotions and
    organismes. Animateurs decide all; others decide those of the initiatives whose porteurs they are."""
    roles = roles_de(compte)
    values = {
        "le": today(),
        "animateur": roles.est_animateur,
        "acteurs": list(roles.agent_de),
        "delegue_de": list(roles.delegue_de),
        "promotions": list(roles.promotions),
    }
    rows = db.session.execute(_RECUES_ET_FAITES, values).all()
    recues, faites = ({row.id for row in rows if row.faite == faite} for faite in (0, 1))
    demandes = _load(recues | faites)
    return [une for une in demandes if une.id in recues], [une for une in demandes if une.id in faites]


def _load(ids: Collection[int]) -> Sequence[DemandePortage]:
    """Return these requests, oldest first, with what their lists show. Most people have none."""
    if not ids:
        return []
    return db.session.scalars(
        select(DemandePortage)
        .where(DemandePortage.id.in_(ids))
        .options(
            joinedload(DemandePortage.initiative),
            joinedload(DemandePortage.organisme),
            joinedload(DemandePortage.promotion).joinedload(Promotion.organisme),
        )
        .order_by(DemandePortage.demandee_le, DemandePortage.id)
    ).all()


def _pending(*conditions: ColumnElement[bool], faite: int = 0) -> Select[int, int]:
    """Select the ids of the pending requests: `DemandePortage.attend` in SQL, for the day `le`."""
    return (
        select(_D.c.id, literal_column(str(faite)).label("faite"))
        .join(_I, _I.c.id == _D.c.initiative_id)
        .join(_A, _A.c.id == _D.c.organisme_id)
        .outerjoin(_P, _P.c.id == _D.c.promotion_id)
        .where(is_state(_D.c.etat, EtatPortage.ATTEND), _I.c.retiree_le.is_(None), *conditions)
        .where(or_(_P.c.fin >= bindparam("le"), and_(_D.c.promotion_id.is_(None), _A.c.ferme_le.is_(None))))
        .order_by(_D.c.demandee_le, _D.c.id)
        .limit(_MAXIMUM)
    )


def _select_both() -> CompoundSelect[int, int]:
    """Select ids for both lists of `list_demandes_de`. Cached: it is slow to build."""
    acteurs = bindparam("acteurs", expanding=True, type_=Integer)
    porteurs, delegue_de = Porteur.__table__, bindparam("delegue_de", expanding=True, type_=Integer)
    portees = select(porteurs.c.initiative_id).where(
        porteurs.c.jusqu_a.is_(None),
        or_(porteurs.c.promotion_id.in_(delegue_de), porteurs.c.acteur_id.in_(acteurs)),
    )
    recues = or_(bindparam("animateur", type_=Boolean), _D.c.initiative_id.in_(portees))
    promotions = bindparam("promotions", expanding=True, type_=Integer)
    faites = or_(_D.c.promotion_id.in_(promotions), _D.c.organisme_id.in_(acteurs))
    lists = (_pending(recues).subquery(), _pending(faites, faite=1).subquery())
    return union_all(*(select(one.c.id, one.c.faite) for one in lists))


_D, _I, _P, _A = DemandePortage.__table__, Initiative.__table__, Promotion.__table__, Acteur.__table__
_RECUES_ET_FAITES = _select_both()
