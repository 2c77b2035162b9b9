"""The history of a fiche, in one thread for the fiche and one for each saisine, paginated."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, bindparam, case, func, select

from mse.core.database import first
from mse.extensions import db
from mse.fiches.models import Etape, Fiche
from mse.fiches.workflow import NatureEtape

PAR_PAGE = 20  # lines per page of a thread

Lignes = Sequence[Row[*tuple[Any, ...]]]

_E = Etape.__table__.c
_LIGNE = (
    *(_E.id, _E.saisine_id, _E.nature, _E.le, _E.acteur_id, _E.valeur, _E.jours_ouvres, _E.masquee_motif),
    _E.nombre_pieces,
)
_RANG = func.row_number().over(partition_by=_E.saisine_id, order_by=_E.id.desc())
_HISTOIRE = (
    select(*_LIGNE, case((_RANG <= PAR_PAGE, _E.texte_html)).label("texte_html"))
    .where(_E.fiche_id == bindparam("fiche_id"))
    .order_by(_E.id)
)
_AVANT: Select[Any] = first(
    select(*_LIGNE, _E.texte_html)
    .where(
        _E.fiche_id == bindparam("fiche_id"),
        func.coalesce(_E.saisine_id, 0) == bindparam("saisine_id"),
        _E.id < bindparam("avant"),
        _E.nature != NatureEtape.DEPOT,
    )
    .order_by(_E.id.desc()),
    PAR_PAGE,
)


@dataclass(frozen=True)
class Fil:
    """A page of a thread, oldest line first. `anciennes`: number of older lines. `est_coupe`: newer ones
    exist."""

    lignes: Lignes = ()
    anciennes: int = 0
    est_coupe: bool = False


def list_histoire(fiche: Fiche) -> Lignes:
    """Return all étapes, oldest first. The text is loaded for the last ones of each thread only."""
    return db.session.execute(_HISTOIRE, {"fiche_id": fiche.id}).all()


def list_fils(
    fiche: Fiche, etapes: Lignes, *, fil: int | None, avant: int | None
) -> Mapping[int | None, Fil]:
    """Return the threads of the history by saisine id. The thread None contains the étapes of the fiche
    itself, except the filing.

    With `avant`, the thread `fil` holds the page before that line.
    """
    lignes: defaultdict[int | None, list[Any]] = defaultdict(list)
    for etape in etapes:
        if etape.nature != NatureEtape.DEPOT:
            lignes[etape.saisine_id].append(etape)
    fils = defaultdict(Fil, {cle: _cut(une) for cle, une in lignes.items()})
    if avant is not None:
        anciennes = [etape for etape in lignes[fil] if etape.id < avant]
        parametres = {"fiche_id": fiche.id, "saisine_id": fil or 0, "avant": avant}
        page = db.session.execute(_AVANT, parametres).all()[::-1]
        fils[fil] = Fil(page, len(anciennes) - len(page), est_coupe=True)
    return fils


def _cut(lignes: Sequence[Any]) -> Fil:
    return Fil(lignes[-PAR_PAGE:], max(0, len(lignes) - PAR_PAGE))
