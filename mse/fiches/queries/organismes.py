"""Organismes by their name, for the filter of the list: too many for a select field."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select

from mse.annuaire.models import Acteur, Commune, Nature
from mse.core.text import fold
from mse.extensions import db

SHOWN = 10


def list_organismes_nommes(nom: str) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return at most `SHOWN` open organismes whose name contains all these words: id, name, commune."""
    mots = fold(nom).split()
    if not mots:
        return []
    query = (
        select(Acteur.id, Acteur.nom, Commune.nom.label("commune"))
        .outerjoin(Commune, Commune.code == Acteur.commune_code)
        .where(Acteur.nature == Nature.ORGANISME, Acteur.ferme_le.is_(None))
        .where(*(Acteur.nom_cherche.contains(mot) for mot in mots))
    )
    return db.session.execute(query.order_by(Acteur.tri, Acteur.id).limit(SHOWN)).all()
