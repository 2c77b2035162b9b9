"""Note the subjects that an event changes, in its transaction: a short row each, which the worker reads.
What an event hides leaves the index at once."""

from collections.abc import Sequence

from sqlalchemy import insert

from mse.core.events import Event, on_every
from mse.extensions import db
from mse.recherche.fournisseurs import REGISTRY
from mse.recherche.index import forget_all, forget_hidden
from mse.recherche.models import AIndexer, Sujet


@on_every
def note_subjects(events: Sequence[Event]) -> None:
    touched, hidden = set[tuple[Sujet, int]](), set[tuple[Sujet, int]]()
    rewritten = set[tuple[Sujet, int]]()
    for event in events:
        for sujet, subject in REGISTRY.subjects.items():
            objets = {(sujet, objet_id) for objet_id in subject.touched(event)}
            touched |= objets
            if isinstance(event, subject.hiding):
                hidden |= objets
            if isinstance(event, subject.rewriting):
                rewritten |= objets
    if touched:
        lignes = [
            {"sujet": sujet, "objet_id": objet_id, "suite": False} for sujet, objet_id in sorted(touched)
        ]
        db.session.execute(insert(AIndexer), lignes)
    for sujet, objet_id in sorted(hidden):
        forget_hidden(sujet, objet_id)
    for sujet, objet_id in sorted(rewritten):
        forget_all(sujet, objet_id)
