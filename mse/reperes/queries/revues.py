"""Who must be asked for a review, and who must be told of a change."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select

from mse.core.database import is_state
from mse.extensions import db
from mse.fiches.api import Publication
from mse.fiches.models import Fiche
from mse.reperes.models import Repere, RepereFiche, VersionRepere
from mse.reperes.workflow import StatutRepere


def list_a_rappeler(*, le: date, avant: date, count: int) -> Sequence[Repere]:
    """Lock and return the published repères to review on the day `le` whose owner was last asked on `avant`
    or earlier, except those that another worker has locked."""
    demande = or_(Repere.rappele_le.is_(None), Repere.rappele_le <= avant)
    publie = is_state(Repere.statut, StatutRepere.PUBLIE)
    query = select(Repere).where(publie, Repere.a_revoir_le <= le, demande)
    query = query.order_by(Repere.a_revoir_le, Repere.id).limit(count)
    return db.session.scalars(query.with_for_update(skip_locked=True)).all()


def list_fiches_a_informer(repere_id: int) -> Sequence[Fiche]:
    """Return the first public fiche of each promotion that has one linked to the repère."""
    query = (
        select(Fiche)
        .join(RepereFiche, RepereFiche.fiche_id == Fiche.id)
        .where(RepereFiche.repere_id == repere_id, is_state(Fiche.publication, Publication.PUBLIEE))
    )
    fiches = db.session.scalars(query.order_by(Fiche.id)).all()
    return list({fiche.promotion_id: fiche for fiche in reversed(fiches)}.values())


def get_version(repere_id: int, numero: int) -> VersionRepere | None:
    """Return a past version."""
    siennes = select(VersionRepere).where(VersionRepere.repere_id == repere_id)
    return db.session.scalar(siennes.where(VersionRepere.numero == numero))
