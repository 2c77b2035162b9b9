"""The public facts of a period, with everything whose followers are told of them; their texts."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from mse.annuaire.models import Acteur
from mse.core.database import is_state
from mse.extensions import db
from mse.fiches.api import NatureEtape, Publication
from mse.fiches.models import Etape, Fiche, FicheTerritoire, Saisine, Transfert
from mse.fiches.queries.groupes import map_groupes
from mse.suivis.queries.cibles import Reference
from mse.suivis.workflow import NATURES, Objet

PLAFOND = 5000  # facts of one run; the oldest are left out
_PARUTIONS = (NatureEtape.DEPOT, NatureEtape.PUBLICATION)
_E, _F, _S = Etape.__table__.c, Fiche.__table__.c, Saisine.__table__.c


@dataclass(frozen=True)
class Nouvelle:
    """A fact without its words. `etape_id` is None in `cle` if the fiche itself is new."""

    cle: tuple[int, int | None]  # fiche_id, etape_id
    le: datetime
    auteur_id: int | None
    objets: frozenset[tuple[Objet, Reference]]


def list_nouvelles(depuis: datetime, jusqu_a: datetime) -> list[Nouvelle]:
    """Return the facts of public fiches after `depuis` and until `jusqu_a`, newest first: four queries,
    whatever the number of followers."""
    periode = _E.le > depuis, _E.le <= jusqu_a, _E.nature.in_((*NATURES, *_PARUTIONS))
    publique = is_state(_F.publication, Publication.PUBLIEE)
    query = (
        select(
            *(_E.id, _E.fiche_id, _E.saisine_id, _E.nature, _E.le, _E.auteur_id, _E.acteur_id),
            *(_F.theme_code, Transfert.de_id),
        )
        .join(Fiche.__table__, _F.id == _E.fiche_id)
        .outerjoin(Transfert, Transfert.etape_id == _E.id)
        .where(*periode, publique)
    )
    rows = db.session.execute(query.order_by(_E.le.desc(), _E.id.desc()).limit(PLAFOND)).all()
    touchees = select(_E.fiche_id).where(*periode)
    lieux: defaultdict[int, set[Reference]] = defaultdict(set)
    territoires = select(FicheTerritoire.fiche_id, FicheTerritoire.territoire_code)
    for fiche_id, code in db.session.execute(territoires.where(FicheTerritoire.fiche_id.in_(touchees))):
        lieux[fiche_id].add(code)
    saisines: defaultdict[int, dict[int, int]] = defaultdict(dict)  # fiche_id → saisine_id → acteur_id
    for saisine in db.session.execute(
        select(_S.id, _S.fiche_id, _S.acteur_id).where(_S.fiche_id.in_(touchees))
    ):
        saisines[saisine.fiche_id][saisine.id] = saisine.acteur_id
    parues: set[int] = set()
    groupes = map_groupes({row.fiche_id for row in rows})
    nouvelles = []
    for row in rows:
        if row.nature in _PARUTIONS:
            if row.fiche_id in parues:
                continue
            parues.add(row.fiche_id)
        groupe = groupes.get(row.fiche_id, {row.fiche_id})
        nouvelles.append(_read(row, groupe, lieux[row.fiche_id], saisines[row.fiche_id]))
    return nouvelles


def _read(
    row: Row[Any], groupe: Collection[int], lieux: set[Reference], saisines: dict[int, int]
) -> Nouvelle:
    siens = saisines.values() if row.saisine_id is None else (saisines.get(row.saisine_id),)
    acteurs = {ident for ident in (*siens, row.acteur_id, row.de_id) if ident is not None}
    objets: set[tuple[Objet, Reference]] = {(Objet.THEME, row.theme_code)}
    objets |= {(Objet.FICHE, ident) for ident in groupe}
    objets |= {(Objet.TERRITOIRE, code) for code in lieux} | {(Objet.ACTEUR, ident) for ident in acteurs}
    etape_id = None if row.nature in _PARUTIONS else row.id
    return Nouvelle((row.fiche_id, etape_id), row.le, row.auteur_id, frozenset(objets))


@dataclass(frozen=True)
class Textes:
    """The words of facts, as they are public now. A fiche that is withdrawn is absent."""

    fiches: dict[int, Fiche]
    etapes: dict[int, Any]


def read_textes(cles: Collection[tuple[int, int | None]]) -> Textes:
    fiches = select(Fiche).where(Fiche.id.in_({fiche_id for fiche_id, _etape in cles}))
    etapes = (
        select(
            *(Etape.id, Etape.nature, Etape.le, Etape.saisine_id, Etape.texte, Etape.texte_html),
            *(Etape.masquee_motif, Acteur.nom.label("acteur")),
        )
        .outerjoin(Acteur, Acteur.id == Etape.acteur_id)
        .where(Etape.id.in_({etape_id for _fiche, etape_id in cles if etape_id is not None}))
    )
    return Textes(
        {fiche.id: fiche for fiche in db.session.scalars(fiches) if fiche.est_publique},
        {etape.id: etape for etape in db.session.execute(etapes)},
    )
