"""The history of changes in the directory, newest first."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, select
from sqlalchemy.orm import aliased

from mse.annuaire.models import Acteur, Appartenance, Changement, NatureChangement, Territoire, Theme
from mse.comptes.models import Compte
from mse.core.pagination import PAGE_SIZE
from mse.extensions import db

Lignes = Sequence[Row[*tuple[Any, ...]]]
_auteur, _concerne = aliased(Compte), aliased(Compte)


def list_changements(acteur: Acteur, avant: int | None = None) -> tuple[Lignes, int | None]:
    """Return one page of the history of an acteur, older than the row of id `avant`, and the cursor of the
    next page or None."""
    conditions = [Changement.acteur_id == acteur.id]
    if avant is not None:
        conditions.append(Changement.id < avant)
    rows = _list_page(*conditions)
    return rows[:PAGE_SIZE], rows[PAGE_SIZE - 1].id if len(rows) > PAGE_SIZE else None


def list_changements_de_themes() -> Lignes:
    """Return the most recent changes of thèmes, at most `PAGE_SIZE`, newest first."""
    return _list_page(Changement.theme_code.is_not(None))[:PAGE_SIZE]


def list_changements_de_territoires() -> Lignes:
    """Return the most recent changes of territoires, at most `PAGE_SIZE`, newest first."""
    return _list_page(Changement.territoire_code.is_not(None))[:PAGE_SIZE]


def est_dernier_depart(appartenance: Appartenance) -> bool:
    """True if nobody has left the acteur after this agent."""
    departs = select(Changement.compte_id).where(
        Changement.acteur_id == appartenance.acteur_id, Changement.nature == NatureChangement.DEPART
    )
    return db.session.scalar(departs.order_by(Changement.id.desc()).limit(1)) == appartenance.compte_id


def _list_page(*conditions: ColumnElement[bool]) -> Lignes:
    return db.session.execute(
        select(
            Changement.id,
            Changement.le,
            Changement.nature,
            Changement.champ,
            Changement.avant,
            Changement.apres,
            Changement.par_role,
            _auteur.prenom.label("auteur"),
            Changement.compte_id,
            _concerne.prenom,
            _concerne.nom,
            Theme.libelle.label("theme"),
            Territoire.code.label("territoire"),
        )
        .outerjoin(_auteur, _auteur.id == Changement.par_id)
        .outerjoin(_concerne, _concerne.id == Changement.compte_id)
        .outerjoin(Theme, Theme.code == Changement.theme_code)
        .outerjoin(Territoire, Territoire.code == Changement.territoire_code)
        .where(*conditions)
        .order_by(Changement.id.desc())
        .limit(PAGE_SIZE + 1)
    ).all()
