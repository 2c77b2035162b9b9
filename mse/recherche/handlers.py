"""Note the subjects that an event changes, in its transaction: a short row each, which the worker reads."""

from collections.abc import Sequence

from sqlalchemy import insert

from mse.core.events import Event, on_every
from mse.extensions import db
from mse.recherche.fournisseurs import REGISTRY
from mse.recherche.models import AIndexer


@on_every
def note_subjects(events: Sequence[Event]) -> None:
    touched = {
        (sujet, objet_id)
        for event in events
        for sujet, subject in REGISTRY.subjects.items()
        for objet_id in subject.touched(event)
    }
    if touched:
        lignes = [
            {"sujet": sujet, "objet_id": objet_id, "suite": False} for sujet, objet_id in sorted(touched)
        ]
        db.session.execute(insert(AIndexer), lignes)
