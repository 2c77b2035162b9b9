"""An owner's queue: five tabs, each walked by its own index, counted up to a hundred."""

from collections.abc import Collection, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, tuple_, union

from mse.accueil.lignes import QUEUE_SIZE, Lignes, select_saisines
from mse.core.database import is_state
from mse.extensions import db
from mse.fiches.models import DemandeReouverture, Fiche, Saisine
from mse.fiches.workflow import EtatDemande, Publication, Statut

COMPTEES = 100  # saisines counted in a tab; more are «99+»


class FileAgent(StrEnum):
    """The tabs of an owner's queue."""

    A_FAIRE = "a-faire"
    A_PRENDRE = "a-prendre-en-charge"
    EN_RETARD = "en-retard"
    REOUVERTURES = "reouvertures"
    EN_COURS = "en-cours"


def count_files(acteurs: Collection[int], *, le: date) -> dict[FileAgent, int]:
    """How many are in each tab, at most `COMPTEES`: a backlog makes the page no slower."""
    totaux = [
        select(func.count(func.distinct(_ids(file, acteurs, le, COMPTEES).c.id))).scalar_subquery()
        for file in FileAgent
    ]
    row = db.session.execute(select(*totaux)).one()
    return {file: min(total, COMPTEES) for file, total in zip(FileAgent, row, strict=True)}


def list_file(
    acteurs: Collection[int], file: FileAgent, *, le: date, after: tuple[date, int] | None = None
) -> tuple[Lignes, tuple[date, int] | None]:
    """Earliest due date first; and the key of the last row when more follow."""
    due = _due(file)
    ids = select(_ids(file, acteurs, le, QUEUE_SIZE + 1, after).c.id)
    query = select_saisines().where(Saisine.id.in_(ids)).order_by(due, Saisine.id)
    rows = list(db.session.execute(query.limit(QUEUE_SIZE + 1)).all())
    if len(rows) <= QUEUE_SIZE:
        return rows, None
    last = rows[QUEUE_SIZE - 1]
    return rows[:QUEUE_SIZE], (getattr(last, due.key), last.id)


def _due(file: FileAgent) -> Any:
    return Saisine.prise_en_charge_due if file == FileAgent.A_PRENDRE else Saisine.reponse_due


def _ids(
    file: FileAgent, acteurs: Collection[int], le: date, limit: int, after: tuple[date, int] | None = None
) -> Any:
    """The first of a tab. «À faire» is three piles that may overlap: the first of each hold its first."""
    due = _due(file)
    piles = []
    for conditions in _piles(le)[file]:
        pile: Select[*tuple[Any, ...]] = select(Saisine.id).join(Fiche, Fiche.id == Saisine.fiche_id)
        pile = pile.where(Saisine.acteur_id.in_(acteurs), is_state(Fiche.publication, Publication.PUBLIEE))
        pile = pile.where(*conditions).order_by(due, Saisine.id).limit(limit)
        if after is not None:
            pile = pile.where(tuple_(due, Saisine.id) > tuple_(*after))
        piles.append(select(pile.subquery().c.id))
    return union(*piles).subquery() if len(piles) > 1 else piles[0].subquery()


def _piles(le: date) -> dict[FileAgent, Sequence[Sequence[ColumnElement[bool]]]]:
    """Each pile of a tab, as conditions that all hold."""
    en_cours = is_state(Saisine.statut, Statut.EN_COURS)
    a_prendre = (en_cours, Saisine.prise_en_charge_le.is_(None))
    en_retard = (en_cours, Saisine.reponse_due < le)
    demandees = select(DemandeReouverture.saisine_id)
    demandees = demandees.where(is_state(DemandeReouverture.etat, EtatDemande.DEMANDEE))
    reouvertures = (Saisine.statut != Statut.EN_COURS, Saisine.id.in_(demandees))
    return {
        FileAgent.A_FAIRE: (a_prendre, en_retard, reouvertures),
        FileAgent.A_PRENDRE: (a_prendre,),
        FileAgent.EN_RETARD: (en_retard,),
        FileAgent.REOUVERTURES: (reouvertures,),
        FileAgent.EN_COURS: ((en_cours,),),
    }
