"""What the démarche's files gave: thèmes, communes, territoires."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import select

from mse.annuaire.models import Commune, Niveau, Territoire, Theme
from mse.annuaire.queries.noms import fold
from mse.extensions import db


def list_themes() -> Sequence[Theme]:
    return db.session.scalars(select(Theme).order_by(Theme.ordre, Theme.code)).all()


def list_communes() -> Sequence[Commune]:
    return db.session.scalars(select(Commune).order_by(Commune.code)).all()


def list_territoires() -> list[Territoire]:
    """As a tree read from top to bottom: the region, then each département followed by its parts."""
    enfants: defaultdict[str | None, list[Territoire]] = defaultdict(list)
    for territoire in db.session.scalars(select(Territoire)):
        enfants[territoire.parent_code].append(territoire)

    def walk(parent: str | None) -> Iterable[Territoire]:
        for territoire in sorted(enfants[parent], key=_rank):
            yield territoire
            yield from walk(territoire.code)

    return list(walk(None))


def _rank(territoire: Territoire) -> str:
    return fold(territoire.nom) if territoire.niveau == Niveau.ZONE_EMPLOI else territoire.code


def list_sous_arbre(code: str) -> list[str]:
    """The codes of a territoire and of all below it."""
    arbre = select(Territoire.code).where(Territoire.code == code).cte("arbre", recursive=True)
    arbre = arbre.union(select(Territoire.code).join(arbre, Territoire.parent_code == arbre.c.code))
    return list(db.session.scalars(select(arbre.c.code)))
