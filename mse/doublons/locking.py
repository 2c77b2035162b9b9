"""Lock several fiches, in the order of their ids."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import selectinload

from mse.core.errors import Conflit
from mse.core.text import _
from mse.extensions import db
from mse.fiches.models import Fiche


def lock_fiches(ids: Collection[int], *, wait: bool = True) -> dict[int, Fiche]:
    """Lock and return the fiches, as they are under the lock. With `wait=False`, for a caller that holds the
    lock of another fiche already, raise `Conflit` if somebody else holds one of these: waiting could be a
    deadlock."""
    numeros = select(Fiche.id).where(Fiche.id.in_(ids)).order_by(Fiche.id)
    if db.engine.dialect.name == "postgresql":
        try:
            db.session.execute(numeros.with_for_update(nowait=not wait))
        except OperationalError as error:
            phrase = _("Quelqu’un d’autre agit sur une de ces fiches en ce moment. Essayez encore une fois.")
            raise Conflit(phrase) from error
    query = select(Fiche).where(Fiche.id.in_(ids)).options(selectinload(Fiche.saisines))
    rows = db.session.scalars(query.execution_options(populate_existing=True))
    return {fiche.id: fiche for fiche in rows}
