"""Add and delete the rows of requested PDF documents, inside a use case."""

from collections.abc import Sequence

from sqlalchemy import delete, select

from mse.core.clock import now
from mse.core.use_cases import after_commit
from mse.extensions import db
from mse.impressions.models import Impression
from mse.impressions.queries import hash_page


def add_impression(sujet: str, page: str, *, compte_id: int | None) -> None:
    """Replace the documents about this object by a new request. Called within a use case."""
    effacer_impressions(sujet)
    impression = Impression(
        sujet=sujet, empreinte=hash_page(page), compte_id=compte_id, page=page, demandee_le=now()
    )
    db.session.add(impression)
    db.session.flush()


def effacer_impressions(sujet: str) -> None:
    """Delete the documents about this object and their files. Called within a use case."""
    delete_impressions(db.session.scalars(select(Impression).where(Impression.sujet == sujet)).all())


def delete_impressions(impressions: Sequence[Impression]) -> None:
    """Delete the rows, and their files after the commit. Called within a use case."""
    fichiers = [une.fichier for une in impressions if une.fichier]
    db.session.execute(delete(Impression).where(Impression.id.in_([une.id for une in impressions])))
    after_commit(lambda: Impression.store.remove(fichiers))
