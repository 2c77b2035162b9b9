"""Thèmes, communes and territoires of the démarche."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Row, String, bindparam, select

from mse.annuaire.models import Commune, Niveau, Territoire, Theme
from mse.comptes.models import Compte
from mse.core.database import one_at_a_time
from mse.core.sort_keys import sort_key
from mse.core.text import clean
from mse.demarche import get_demarche
from mse.extensions import db


def list_themes(*, retires: bool = False) -> list[Theme]:
    """Return the thèmes on offer, or with `retires` all of them, in display order."""
    query = select(Theme).order_by(Theme.ordre, Theme.code)
    return list(db.session.scalars(query if retires else query.where(Theme.retire_le.is_(None))))


def is_urgent(theme_code: Any) -> ColumnElement[bool]:
    """SQL condition: the column holds an urgent thème of the démarche, read when the statement runs."""
    codes: BindParameter[str] = bindparam(
        "themes_urgents",
        callable_=lambda: get_demarche().themes_urgents,
        expanding=True,
        type_=String,
        unique=True,
    )
    condition: ColumnElement[bool] = theme_code.in_(codes)
    return condition


def map_urgents() -> dict[str, str]:
    """Return the labels of the urgent thèmes, by code."""
    query = select(Theme.code, Theme.libelle).where(is_urgent(Theme.code))
    return {row.code: row.libelle for row in db.session.execute(query)}


def lock_themes() -> list[Theme]:
    """Lock all thèmes until the end of the transaction and reload them, in display order.

    Names must stay unique and the order complete, so creating or changing a thème needs this lock.
    """
    one_at_a_time("themes")
    query = select(Theme).order_by(Theme.ordre, Theme.code)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def get_theme(_compte: Compte | None, theme_id: str) -> Theme | None:
    """Return a thème by its code."""
    return db.session.get(Theme, clean(theme_id))


def get_territoire(_compte: Compte | None, territoire_id: str) -> Territoire | None:
    """Return a territoire by its code."""
    return db.session.get(Territoire, clean(territoire_id))


def list_noms_de_themes() -> Sequence[Row[str, str]]:
    """Return codes and labels in display order, with retired thèmes: fiches can still be searched by them."""
    return db.session.execute(select(Theme.code, Theme.libelle).order_by(Theme.ordre, Theme.code)).all()


def list_noms_de_territoires() -> list[Row[str, str, Niveau, str | None]]:
    """Return codes and names, in the order of `list_territoires`."""
    lignes = db.session.execute(
        select(Territoire.code, Territoire.nom, Territoire.niveau, Territoire.parent_code)
    )
    return _as_tree(lignes)


def group_noms_de_territoires() -> list[tuple[str | None, list[Row[str, str, Niveau, str | None]]]]:
    """Return groups for a list of choices: the large territoires without a title, then the small ones by
    parent."""
    lignes = list_noms_de_territoires()
    noms = {ligne.code: ligne.nom for ligne in lignes}
    groupes: dict[str | None, list[Any]] = {None: []}
    for ligne in lignes:
        parent = noms[ligne.parent_code] if ligne.niveau.est_petit else None
        groupes.setdefault(parent, []).append(ligne)
    return list(groupes.items())


def list_communes() -> Sequence[Commune]:
    return db.session.scalars(select(Commune).order_by(Commune.code)).all()


def list_territoires() -> list[Territoire]:
    """Return all territoires in tree order: the region, then each département followed by its parts."""
    return _as_tree(db.session.scalars(select(Territoire)))


def _as_tree(territoires: Iterable[Any]) -> list[Any]:
    """Sort territoires, or rows with `code`, `nom`, `niveau` and `parent_code`, in tree order."""
    enfants: defaultdict[str | None, list[Any]] = defaultdict(list)
    for territoire in territoires:
        enfants[territoire.parent_code].append(territoire)

    def walk(parent: str | None) -> Iterable[Any]:
        for territoire in sorted(enfants[parent], key=_rank):
            yield territoire
            yield from walk(territoire.code)

    return list(walk(None))


def _rank(territoire: Any) -> str:
    return sort_key(territoire.nom) if territoire.niveau.est_petit else territoire.code


def list_sous_arbre(code: str) -> list[str]:
    """Return the codes of a territoire and of all its descendants."""
    arbre = select(Territoire.code).where(Territoire.code == code).cte("arbre", recursive=True)
    arbre = arbre.union(select(Territoire.code).join(arbre, Territoire.parent_code == arbre.c.code))
    return list(db.session.scalars(select(arbre.c.code)))
