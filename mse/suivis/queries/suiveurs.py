"""Queries: who must be told of a fact of a fiche, and what an account follows."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, func, select, union_all
from sqlalchemy.orm import joinedload

from mse.annuaire.models import Acteur, Territoire, Theme
from mse.comptes.models import Compte
from mse.extensions import db
from mse.fiches.models import Etape, Fiche, FicheTerritoire, Saisine, Transfert
from mse.fiches.queries.groupes import list_groupe
from mse.suivis.models import COLONNES, Suivi
from mse.suivis.queries.cibles import Reference
from mse.suivis.workflow import PLAFOND, Objet

# With the names of the objects.
NOMS: list[Any] = [
    joinedload(Suivi.fiche).load_only(Fiche.titre, Fiche.publication),
    joinedload(Suivi.theme).load_only(Theme.libelle),
    joinedload(Suivi.territoire).load_only(Territoire.nom),
    joinedload(Suivi.acteur).load_only(Acteur.nom),
]


def list_objets(fiche: Fiche, etape: Etape | None) -> list[tuple[Objet, Reference]]:
    """Return everything whose followers are told of this fact: the fiche and those merged with it, its
    thème, its territoire and all above it, and the acteurs that the fact is about, the former owner of a
    transfer included."""
    lieux = select(FicheTerritoire.territoire_code).where(FicheTerritoire.fiche_id == fiche.id)
    return [
        *((Objet.FICHE, ident) for ident in list_groupe(fiche)),
        (Objet.THEME, fiche.theme_code or ""),
        *((Objet.TERRITOIRE, code) for code in db.session.scalars(lieux)),
        *((Objet.ACTEUR, ident) for ident in sorted(_list_acteurs(fiche, etape))),
    ]


def _list_acteurs(fiche: Fiche, etape: Etape | None) -> set[int]:
    saisines = select(Saisine.acteur_id).where(Saisine.fiche_id == fiche.id)
    if etape is None or etape.saisine_id is None:
        return set(db.session.scalars(saisines))
    acteurs = set(db.session.scalars(saisines.where(Saisine.id == etape.saisine_id)))
    acteurs |= set(db.session.scalars(select(Transfert.de_id).where(Transfert.etape_id == etape.id)))
    return acteurs | ({etape.acteur_id} if etape.acteur_id else set())


def list_suiveurs(
    objets: Sequence[tuple[Objet, Reference]], *, apres: int, count: int
) -> Sequence[Row[int, int]]:
    """Return the next accounts (compte_id, suivi_id) that follow one of the objects, at most `count`, in the
    order of their ids. Each object reads at most `count` entries of its index."""
    parts = []
    for objet, reference in objets:
        colonne = getattr(Suivi, COLONNES[objet])
        part = select(Suivi.compte_id, Suivi.id).where(colonne == reference, Suivi.compte_id > apres)
        parts.append(select(part.order_by(Suivi.compte_id).limit(count).subquery()))
    tous = union_all(*parts).subquery()
    query = select(tous.c.compte_id, func.min(tous.c.id).label("suivi_id")).group_by(tous.c.compte_id)
    return db.session.execute(query.order_by(tous.c.compte_id).limit(count)).all()


def get_suivi(compte: Compte | None, suivi_id: int) -> Suivi | None:
    """Return the follow if it belongs to `compte`."""
    suivi = db.session.get(Suivi, suivi_id)
    return suivi if suivi is not None and compte is not None and suivi.compte_id == compte.id else None


def list_suivis(compte: Compte) -> Sequence[Suivi]:
    """Return what the account follows, latest first, with the names of the objects."""
    query = select(Suivi).where(Suivi.compte_id == compte.id).options(*NOMS)
    return db.session.scalars(query.order_by(Suivi.id.desc()).limit(PLAFOND)).all()


def count_suivis(compte: Compte) -> int:
    query = select(func.count()).select_from(Suivi).where(Suivi.compte_id == compte.id)
    return db.session.scalar(query) or 0
