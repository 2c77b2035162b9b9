"""Queries on requested PDF documents."""

import hashlib
from collections.abc import Collection

from sqlalchemy import select

from mse.extensions import db
from mse.impressions.models import Impression


def hash_page(page: str) -> str:
    return hashlib.sha256(page.encode()).hexdigest()


def get_impression(sujet: str, page: str) -> Impression | None:
    """Return the request whose PDF shows exactly this page. An older content is another document."""
    query = select(Impression).where(Impression.sujet == sujet, Impression.empreinte == hash_page(page))
    return db.session.scalar(query)


def map_privees(sujets: Collection[str], compte_id: int) -> dict[str, Impression]:
    """Return the private documents of an account about these objects, by subject."""
    query = select(Impression).where(Impression.sujet.in_(sujets), Impression.compte_id == compte_id)
    return {une.sujet: une for une in db.session.scalars(query)} if sujets else {}


def get_prochaine() -> Impression | None:
    """Return the oldest request without a file."""
    query = select(Impression).where(Impression.page.is_not(None)).order_by(Impression.id).limit(1)
    return db.session.scalar(query)


def list_fichiers_connus(noms: Collection[str]) -> set[str]:
    """Return those of `noms` that a request references."""
    query = select(Impression.fichier).where(Impression.fichier.in_(noms))
    return {nom for nom in db.session.scalars(query) if nom}
