"""Published fiches and their answers."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, Row, bindparam, select
from sqlalchemy.orm import aliased

from mse.annuaire.models import Acteur, Commune, Territoire, Theme
from mse.core.database import is_state
from mse.core.pagination import Cursor, Page, keyset_page
from mse.extensions import db
from mse.fiches.api import EN_DETAIL, Publication
from mse.fiches.models import Avis, Etape, Fiche, Saisine
from mse.fiches.queries.listes import PERSONNES, Filtres, list_fiches
from mse.representation.models import Promotion

Ligne = Row[*tuple[Any, ...]]

_F, _S, _E = Fiche.__table__.c, Saisine.__table__.c, Etape.__table__.c
_Organisme = aliased(Acteur)
_IDS = bindparam("ids", expanding=True, type_=Integer)
# Built once: building these statements costs more than running them.
_FICHES = (
    select(
        *(_F.id, _F.titre, _F.probleme, _F.causes, _F.consequences, _F.solution, _F.theme_code),
        *(_F.territoire_code, _F.nombre_soutiens, _F.nombre_pieces, _F.statut, _F.deposee_le, _F.reunie_a_id),
        _F.modifiee_le,
        PERSONNES.label("personnes"),
        Theme.libelle.label("theme"),
        Territoire.nom.label("territoire"),
        Commune.nom.label("commune"),
        Promotion.titre.label("promotion"),
        Promotion.effectif,
        _Organisme.nom.label("organisme"),
    )
    .select_from(Fiche)
    .join(Theme, Theme.code == _F.theme_code)
    .join(Territoire, Territoire.code == _F.territoire_code)
    .join(Promotion, Promotion.id == _F.promotion_id)
    .join(Commune, Commune.code == Promotion.commune_code)
    .join(_Organisme, _Organisme.id == Promotion.organisme_id)
    .where(_F.id.in_(_IDS), is_state(_F.publication, Publication.PUBLIEE))
)
_SAISINES = (
    select(
        *(_S.id, _S.fiche_id, _S.acteur_id, _S.statut, _S.ouverte_le, _S.prise_en_charge_le, _S.reponse_due),
        *(_S.repondue_le, _S.derniere_reponse_le),
        Acteur.nom,
        Acteur.nature,
        Avis.valeur,
    )
    .select_from(Saisine)
    .join(Acteur, Acteur.id == _S.acteur_id)
    .outerjoin(Avis, (Avis.saisine_id == _S.id) & (Avis.tour == _S.tour))
    .where(_S.fiche_id.in_(_IDS))
    .order_by(_S.id)
)
_LIGNE = (
    *(_E.id, _E.fiche_id, _E.saisine_id, _E.acteur_id, _E.nature, _E.le, _E.texte, _E.valeur),
    *(
        _E.jours_ouvres,
        _E.corrigee_le,
        _E.masquee_le,
        _E.masquee_motif,
        Acteur.nom,
        Acteur.nature.label("nature_acteur"),
    ),
)
_ETAPES = select(*_LIGNE).outerjoin(Acteur, Acteur.id == _E.acteur_id).where(_E.fiche_id.in_(_IDS))
_REPONSES = (
    select(*_LIGNE)
    .join(Fiche, Fiche.id == _E.fiche_id)
    .outerjoin(Acteur, Acteur.id == _E.acteur_id)
    .where(_E.nature.in_(EN_DETAIL), is_state(_F.publication, Publication.PUBLIEE))
)


@dataclass(frozen=True)
class Lecture:
    """A published fiche, with its saisines."""

    fiche: Ligne
    saisines: Sequence[Ligne]


def list_lectures(filtres: Filtres, after: Cursor | None, size: int) -> Page[Lecture]:
    """Return a page of the public list, newest first."""
    page = list_fiches(filtres, after, size=size)
    lues = map_lectures([row.id for row in page.rows])
    return Page([lues[row.id] for row in page.rows if row.id in lues], page.next)


def map_lectures(ids: Collection[int]) -> Mapping[int, Lecture]:
    """Return the published fiches among these, by id."""
    saisines: defaultdict[int, list[Ligne]] = defaultdict(list)
    for saisine in db.session.execute(_SAISINES, {"ids": ids}):
        saisines[saisine.fiche_id].append(saisine)
    return {row.id: Lecture(row, saisines[row.id]) for row in db.session.execute(_FICHES, {"ids": ids})}


def is_withdrawn(fiche_id: int) -> bool:
    query = select(_F.id).where(_F.id == fiche_id, is_state(_F.publication, Publication.RETIREE))
    return db.session.scalar(query) is not None


def list_etapes(fiche_id: int) -> Sequence[Ligne]:
    """Return the history of a fiche, oldest first. The caller has checked that the fiche is public."""
    return db.session.execute(_ETAPES.order_by(_E.id), {"ids": [fiche_id]}).all()


def list_reponses(depuis: datetime | None, after: Cursor | None, size: int) -> Page[Ligne]:
    """Return a page of the detailed answers to published fiches, newest first."""
    return keyset_page(
        _REPONSES.where(_E.le >= depuis) if depuis else _REPONSES,
        instant=_E.le,
        id=_E.id,
        after=after,
        size=size,
        fetch=lambda query: db.session.execute(query).all(),
    )
