"""What a history names besides its étapes: transfers between owners, files of answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import BindParameter, Row, Select, bindparam, func, select
from sqlalchemy.orm import aliased

from mse.annuaire.models import Acteur
from mse.core.database import first
from mse.extensions import db
from mse.fiches.models import Fiche, Saisine, Transfert
from mse.fiches.workflow import NatureEtape

_de, _vers = aliased(Acteur), aliased(Acteur)
# Queries of the files of answers by étape id: the capability above registers its own in `mse/app.py`.
PIECES_DE: list[Callable[[Sequence[int]], Mapping[int, Any]]] = []


@dataclass(frozen=True)
class Passages:
    """What the history needs besides its lines. `noms`: names of present and past owners, by acteur id.
    `transferts` and `pieces` (files of an answer): by étape id."""

    noms: dict[int, str]
    transferts: dict[int, Row[*tuple[Any, ...]]] = field(default_factory=dict)
    pieces: Mapping[int, Any] = field(default_factory=dict)


def get_passages(fiche: Fiche, etapes: Sequence[Row[*tuple[Any, ...]]]) -> Passages:
    """Return the transfers of a fiche, the names of its owners and the files of its answers. Without a
    transfer or a file in `etapes`, run no query."""
    noms = {saisine.acteur_id: saisine.acteur.nom for saisine in fiche.saisines}
    passages = Passages(noms, pieces=map_pieces(etapes))
    if not any(etape.nature == NatureEtape.TRANSFERT for etape in etapes):
        return passages
    query = (
        select(
            Transfert.etape_id,
            Transfert.de_id,
            _de.nom.label("de"),
            Transfert.vers_id,
            _vers.nom.label("vers"),
            Transfert.annule_id,
        )
        .join(Saisine, Saisine.id == Transfert.saisine_id)
        .join(_de, _de.id == Transfert.de_id)
        .join(_vers, _vers.id == Transfert.vers_id)
        .where(Saisine.fiche_id == fiche.id)
    )
    for row in db.session.execute(query):
        passages.noms.update({row.de_id: row.de, row.vers_id: row.vers})
        passages.transferts[row.etape_id] = row
    return passages


def map_pieces(etapes: Sequence[Row[*tuple[Any, ...]]]) -> dict[int, Any]:
    """Return the files of these answers by étape id; no query if they have none."""
    ids = [etape.id for etape in etapes if etape.nombre_pieces]
    return {cle: pieces for query in PIECES_DE for cle, pieces in query(ids).items()} if ids else {}


def list_transmises(acteur: Acteur) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return public fiches that the acteur transferred: (id, titre, responsable, le), latest first."""
    return db.session.execute(_TRANSMISES, {"acteur_id": acteur.id}).all()


def _transmises(limit: int) -> Select[*tuple[Any, ...]]:
    le = func.max(Transfert.le)
    moi: BindParameter[int] = bindparam("acteur_id")
    saisines, fiches, acteurs = Saisine.__table__, Fiche.__table__, Acteur.__table__
    query: Select[*tuple[Any, ...]] = (
        select(fiches.c.id, fiches.c.titre, acteurs.c.nom.label("responsable"), le.label("le"))
        .select_from(Transfert.__table__)
        .join(saisines, saisines.c.id == Transfert.saisine_id)
        .join(fiches, fiches.c.id == saisines.c.fiche_id)
        .join(acteurs, acteurs.c.id == saisines.c.acteur_id)
        .where(
            Transfert.de_id == moi,
            Transfert.annule_id.is_(None),
            saisines.c.acteur_id != moi,
            saisines.c.est_publique,
        )
        .group_by(saisines.c.id, fiches.c.id, fiches.c.titre, acteurs.c.nom)
        .order_by(le.desc(), saisines.c.id.desc())
    )
    return first(query, limit)


_TRANSMISES = _transmises(10)  # the latest ones suffice: each fiche shows its own history
