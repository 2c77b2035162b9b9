"""The work queue of an owner: five tabs, each read through its own index and counted up to a hundred."""

from collections.abc import Collection, Sequence
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, Select, bindparam, func, select, tuple_, union

from mse.accueil.lignes import QUEUE_SIZE, Lignes, select_saisines
from mse.core.database import is_state
from mse.extensions import db
from mse.fiches.api import EtatDemande, Publication, Statut
from mse.fiches.models import DemandeReouverture, Fiche, Saisine

COMPTEES = 100  # saisines counted in a tab; more are «99+»

_ACTEURS = bindparam("acteurs", expanding=True, type_=Integer)
_LE = bindparam("le", type_=Date)
_JOUR, _DERNIER = bindparam("jour", type_=Date), bindparam("dernier", type_=Integer)  # pagination cursor


class QueueTab(StrEnum):
    """The tabs of an owner's queue."""

    A_FAIRE = "a-faire"
    A_PRENDRE = "a-prendre-en-charge"
    EN_RETARD = "en-retard"
    REOUVERTURES = "reouvertures"
    EN_COURS = "en-cours"


def count_tabs(acteurs: Collection[int], *, le: date) -> dict[QueueTab, int]:
    """Count the saisines of each tab up to `COMPTEES`, so that a backlog does not slow the page."""
    row = db.session.execute(_totaux(COMPTEES), {"acteurs": list(acteurs), "le": le}).one()
    return {file: min(total, COMPTEES) for file, total in zip(QueueTab, row, strict=True)}


def list_fiches_a_faire(acteurs: Collection[int], *, le: date) -> set[int]:
    """Return the ids of the fiches of «À faire», up to the limit of `count_tabs`."""
    return set(db.session.scalars(_a_faire(), {"acteurs": list(acteurs), "le": le}))


@cache
def _a_faire() -> Select[int]:
    ids = select(_ids(QueueTab.A_FAIRE, COMPTEES).c.id)
    return select(Saisine.fiche_id).where(Saisine.id.in_(ids))


def list_tab(
    acteurs: Collection[int], file: QueueTab, *, le: date, after: tuple[date, int] | None = None
) -> tuple[Lignes, tuple[date, int] | None]:
    """Return one page of a tab, earliest due date first, and the pagination cursor of the next one (None at
    the end)."""
    place = {"jour": after[0], "dernier": after[1]} if after else {}
    query = _premieres(file, QUEUE_SIZE + 1, after is not None)
    rows = list(db.session.execute(query, {"acteurs": list(acteurs), "le": le, **place}).all())
    if len(rows) <= QUEUE_SIZE:
        return rows, None
    last = rows[QUEUE_SIZE - 1]
    return rows[:QUEUE_SIZE], (getattr(last, _due(file).key), last.id)


@cache
def _totaux(limit: int) -> Select[*tuple[Any, ...]]:
    """Return a cached statement, because building it costs more than running it.

    The acteurs, the day and the limits are bound parameters, so that PostgreSQL plans for their values.
    """
    return select(
        *(select(func.count(func.distinct(_ids(file, limit).c.id))).scalar_subquery() for file in QueueTab)
    )


@cache
def _premieres(file: QueueTab, limit: int, resumed: bool) -> Select[*tuple[Any, ...]]:
    ids = select(_ids(file, limit, resumed).c.id)
    query = select_saisines().add_columns(_decision_due()).where(Saisine.id.in_(ids))
    return query.order_by(_due(file), Saisine.id).limit(limit)


def _decision_due() -> Any:
    """Select the date by which the owner must decide a pending request to reopen."""
    demande = select(func.max(DemandeReouverture.decision_due)).correlate(Saisine)
    demande = demande.where(DemandeReouverture.saisine_id == Saisine.id)
    demande = demande.where(is_state(DemandeReouverture.etat, EtatDemande.DEMANDEE))
    return demande.scalar_subquery().label("decision_due")


def _due(file: QueueTab) -> Any:
    return Saisine.prise_en_charge_due if file == QueueTab.A_PRENDRE else Saisine.reponse_due


def _ids(file: QueueTab, limit: int, resumed: bool = False) -> Any:
    """Select the first ids of a tab. «À faire» is the union of three overlapping lists: the first rows of
    each contain its own first rows."""
    due = _due(file)
    piles = []
    for conditions in _piles()[file]:
        pile: Select[*tuple[Any, ...]] = select(Saisine.id).join(Fiche, Fiche.id == Saisine.fiche_id)
        pile = pile.where(Saisine.acteur_id.in_(_ACTEURS), is_state(Fiche.publication, Publication.PUBLIEE))
        pile = pile.where(*conditions).order_by(due, Saisine.id).limit(limit)
        if resumed:
            pile = pile.where(tuple_(due, Saisine.id) > tuple_(_JOUR, _DERNIER))
        piles.append(select(pile.subquery().c.id))
    return union(*piles).subquery() if len(piles) > 1 else piles[0].subquery()


def _piles() -> dict[QueueTab, Sequence[Sequence[ColumnElement[bool]]]]:
    """Return the lists of each tab; the conditions of a list are combined with AND."""
    en_cours = is_state(Saisine.statut, Statut.EN_COURS)
    a_prendre = (en_cours, Saisine.prise_en_charge_le.is_(None))
    en_retard = (en_cours, Saisine.reponse_due < _LE)
    demandees = select(DemandeReouverture.saisine_id)
    demandees = demandees.where(is_state(DemandeReouverture.etat, EtatDemande.DEMANDEE))
    reouvertures = (Saisine.statut != Statut.EN_COURS, Saisine.id.in_(demandees))
    return {
        QueueTab.A_FAIRE: (a_prendre, en_retard, reouvertures),
        QueueTab.A_PRENDRE: (a_prendre,),
        QueueTab.EN_RETARD: (en_retard,),
        QueueTab.REOUVERTURES: (reouvertures,),
        QueueTab.EN_COURS: ((en_cours,),),
    }
