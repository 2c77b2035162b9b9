"""Values derived from published repères: where each holds, and how many each fiche has. No other module
writes them. Call within a use case."""

from collections.abc import Collection
from typing import cast

from sqlalchemy import Table, delete, func, insert, select, update

from mse.core.database import is_state
from mse.extensions import db
from mse.fiches.models import Fiche
from mse.reperes.models import Portee, Repere, RepereFiche
from mse.reperes.queries.lieux import list_lignee, read_parents
from mse.reperes.workflow import StatutRepere

_PORTEES = cast(Table, Portee.__table__)


def write_portees(repere: Repere) -> None:
    """Write where a repère holds; nothing if it is not published."""
    db.session.flush()
    db.session.execute(delete(_PORTEES).where(_PORTEES.c.repere_id == repere.id))
    if not repere.est_publie:
        return
    ici, parents = set(repere.territoires), read_parents()
    lieux = {code for territoire in repere.territoires for code in list_lignee(territoire, parents)}
    rows = [
        {
            "repere_id": repere.id,
            "theme_code": theme,
            "territoire_code": lieu,
            "est_ici": lieu in ici,
            "publie_le": repere.publie_le,
        }
        for theme in (None, *repere.themes)
        for lieu in sorted(lieux)
    ]
    db.session.execute(insert(_PORTEES), rows)


def count_links(fiche_ids: Collection[int]) -> None:
    """Store the number of published repères of these fiches, so that the page of a fiche needs no query. The
    lock makes a concurrent transaction count after this one."""
    db.session.flush()
    db.session.execute(select(Fiche.id).where(Fiche.id.in_(fiche_ids)).order_by(Fiche.id).with_for_update())
    nombre = (
        select(func.count())
        .select_from(RepereFiche)
        .join(Repere, Repere.id == RepereFiche.repere_id)
        .where(RepereFiche.fiche_id == Fiche.id, is_state(Repere.statut, StatutRepere.PUBLIE))
        .scalar_subquery()
    )
    db.session.execute(
        update(Fiche)
        .where(Fiche.id.in_(fiche_ids))
        .values(nombre_reperes=nombre)
        .execution_options(synchronize_session=False)
    )
