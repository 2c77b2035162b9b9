"""Keep the index up to date. A batch of subjects is one transaction."""

from collections import defaultdict
from collections.abc import Callable
from typing import cast

from sqlalchemy import Table, delete, insert, select

from mse.core.database import one_at_a_time
from mse.core.use_cases import use_case
from mse.extensions import db
from mse.recherche.fournisseurs import REGISTRY
from mse.recherche.index import write_subjects
from mse.recherche.models import AIndexer, DocumentRecherche, Mot, Sujet, Variante

BATCH = 50  # subjects in one transaction of the worker
LARGE_BATCH = 500  # the same, for the command
_QUEUE = cast(Table, AIndexer.__table__)
_Q = _QUEUE.c


def index_due() -> None:
    """Index the subjects that have changed. The worker calls it every second."""
    while db.session.scalar(select(_Q.id).limit(1)) is not None:
        if _index_batch(BATCH) is None:
            return


def reindex(progress: Callable[[int], None]) -> None:
    """Build the index again from the other tables. `progress` receives the number of subjects done so far.
    Searches find less until it ends."""
    _begin_again()
    done = 0
    while (number := _index_batch(LARGE_BATCH)) is not None:
        done += number
        progress(done)


@use_case
def _begin_again() -> None:
    for model in (AIndexer, DocumentRecherche, Variante, Mot):
        db.session.execute(delete(cast(Table, model.__table__)))
    _ask_for_all()


@use_case
def request_all() -> None:
    """Ask the worker to index all subjects."""
    _ask_for_all()


def _ask_for_all() -> None:
    lignes = [{"sujet": sujet, "objet_id": 0, "suite": True} for sujet in Sujet]
    db.session.execute(insert(_QUEUE), lignes)


@use_case
def _index_batch(size: int) -> int | None:
    """Index the next subjects that are due; return their number, None if none is left or another
    worker is at it.

    The rows of the queue are deleted by id: a change that commits meanwhile has its own row.
    """
    one_at_a_time("recherche")
    query = select(_QUEUE).order_by(_Q.suite, _Q.id).limit(size)
    due = db.session.execute(query.with_for_update(skip_locked=True)).all()
    if not due:
        return None
    subjects = defaultdict[Sujet, set[int]](set)
    if due[0].suite:
        due = due[:1]
        ids = REGISTRY.subjects[due[0].sujet].ids(due[0].objet_id, size)
        subjects[due[0].sujet] = set(ids)
        if len(ids) == size:
            db.session.execute(insert(_QUEUE).values(sujet=due[0].sujet, objet_id=ids[-1], suite=True))
    for ligne in due if not due[0].suite else ():
        if not ligne.suite:
            subjects[ligne.sujet].add(ligne.objet_id)
    done = [ligne.id for ligne in due if ligne.suite == due[0].suite]
    db.session.execute(delete(_QUEUE).where(_Q.id.in_(done)))
    for sujet, several in subjects.items():
        write_subjects(sujet, sorted(several))
    return sum(map(len, subjects.values()))
