"""The work queue of an owner: five tabs, each read through its own index and counted up to a hundred."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    String,
    bindparam,
    literal_column,
    select,
    tuple_,
    union,
    union_all,
)

from mse.accueil.lignes import QUEUE_SIZE, Lignes, cut, select_saisines
from mse.comptes.models import Compte
from mse.core.database import is_state
from mse.extensions import db
from mse.fiches.api import EtatDemande, Statut
from mse.fiches.models import DemandeReouverture, Fiche, Saisine
from mse.travail.api import AUCUN, FiltresFile, conditions
from mse.travail.models import Attribution

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


@dataclass(frozen=True)
class Attente:
    """Pending saisines of an owner. `compte`: saisines of each tab, at most `COMPTEES`. `a_faire`: ids of the
    fiches of «À faire», complete if fewer than `COMPTEES` saisines are counted."""

    compte: dict[QueueTab, int]
    a_faire: set[int]


def read_attente(acteurs: Collection[int], *, le: date, filtres: FiltresFile = AUCUN) -> Attente:
    """Read the first saisines of each list, in one statement. «À faire» is the union of the others and is not
    read."""
    piles: dict[str, dict[int, int]] = {tab: {} for tab in QueueTab}
    for tab, saisine_id, fiche_id in db.session.execute(
        _premieres_de_chaque(COMPTEES, filtres.cle),
        {"acteurs": list(acteurs), "le": le, **filtres.parametres},
    ):
        piles[tab][saisine_id] = fiche_id
    a_faire: dict[int, int] = {}
    for tab in (QueueTab.A_PRENDRE, QueueTab.EN_RETARD, QueueTab.REOUVERTURES):
        a_faire |= piles[tab]
    piles[QueueTab.A_FAIRE] = a_faire
    compte = {tab: min(len(piles[tab]), COMPTEES) for tab in QueueTab}
    return Attente(compte, set(a_faire.values()))


@cache
def _premieres_de_chaque(limit: int, cle: frozenset[str]) -> Any:
    """Select the first rows of four tabs in one statement. Cached, because building it costs more than
    running it. The acteurs and the day are bound parameters, so that PostgreSQL plans for their values."""
    piles = []
    for tab in (QueueTab.A_PRENDRE, QueueTab.EN_RETARD, QueueTab.REOUVERTURES, QueueTab.EN_COURS):
        [pile] = [_select(une, limit, cle).subquery() for une in _piles()[tab]]
        nom = literal_column(f"'{tab.value}'", String)
        piles.append(select(nom.label("tab"), pile.c.id, pile.c.fiche_id))
    return union_all(*piles)


def list_tab(
    acteurs: Collection[int],
    tab: QueueTab,
    *,
    le: date,
    after: tuple[date, int] | None = None,
    filtres: FiltresFile = AUCUN,
) -> tuple[Lignes, tuple[date, int] | None]:
    """Return one page of a tab, earliest `due` first, and the pagination cursor of the next one (None at the
    end)."""
    place = {"jour": after[0], "dernier": after[1]} if after else {}
    query = _premieres(tab, QUEUE_SIZE + 1, after is not None, filtres.cle)
    valeurs = {"acteurs": list(acteurs), "le": le, **filtres.parametres, **place}
    rows = list(db.session.execute(query, valeurs).all())
    if len(rows) <= QUEUE_SIZE:
        return rows, None
    last = rows[QUEUE_SIZE - 1]
    return rows[:QUEUE_SIZE], (last.due, last.id)


@cache
def _premieres(tab: QueueTab, limit: int, resumed: bool, cle: frozenset[str]) -> Select[*tuple[Any, ...]]:
    """Select the first rows of a tab. «À faire» is the union of three overlapping lists: the first rows of
    each contain its own first rows. A saisine in two of them has the same due date in both."""
    selects = []
    for pile in _piles()[tab]:
        query = _select(pile, limit, cle)
        if resumed:
            query = query.where(tuple_(pile.due, Saisine.id) > tuple_(_JOUR, _DERNIER))
        premieres = query.subquery()
        selects.append(select(premieres.c.id, premieres.c.due))
    ids = (union(*selects) if len(selects) > 1 else selects[0]).subquery()
    query = select_saisines().add_columns(
        ids.c.due,
        cut(Fiche.probleme_html).label("probleme"),
        Attribution.compte_id.label("porteur_id"),
        Compte.prenom.label("porteur"),
    )
    query = query.join(ids, ids.c.id == Saisine.id)
    query = query.outerjoin(Attribution, Attribution.saisine_id == Saisine.id)
    query = query.outerjoin(Compte, Compte.id == Attribution.compte_id)
    return query.order_by(ids.c.due, ids.c.id).limit(limit)


class _Pile(NamedTuple):
    """A list of saisines that meet all `conditions`, sorted by `due`. By default, this is the earlier of the
    due date and the last day of the course."""

    conditions: Sequence[ColumnElement[bool]]
    due: Any = Saisine.agir_avant


def _select(pile: _Pile, limit: int, cle: frozenset[str]) -> Select[*tuple[Any, ...]]:
    query: Select[*tuple[Any, ...]] = select(Saisine.id, Saisine.fiche_id, pile.due.label("due"))
    if pile.due is DemandeReouverture.decision_due:
        query = query.join(DemandeReouverture, DemandeReouverture.saisine_id == Saisine.id)
    query = query.where(Saisine.acteur_id.in_(_ACTEURS), Saisine.est_publique)
    query = query.where(*conditions(cle))
    return query.where(*pile.conditions).order_by(pile.due, Saisine.id).limit(limit)


def _piles() -> dict[QueueTab, Sequence[_Pile]]:
    """Return the lists of each tab. A request to reopen is due by its decision, not by the old answer date;
    a saisine has at most one that is pending."""
    en_cours = is_state(Saisine.statut, Statut.EN_COURS)
    a_prendre = (en_cours, Saisine.prise_en_charge_le.is_(None))
    # The second condition follows from the first; it bounds the scan of the index.
    en_retard = _Pile((en_cours, Saisine.reponse_due < _LE, Saisine.agir_avant < _LE))
    demandee = is_state(DemandeReouverture.etat, EtatDemande.DEMANDEE)
    reouvertures = _Pile((Saisine.statut != Statut.EN_COURS, demandee), DemandeReouverture.decision_due)
    return {
        QueueTab.A_FAIRE: (_Pile(a_prendre), en_retard, reouvertures),
        QueueTab.A_PRENDRE: (_Pile(a_prendre, Saisine.prise_en_charge_due),),
        QueueTab.EN_RETARD: (en_retard,),
        QueueTab.REOUVERTURES: (reouvertures,),
        QueueTab.EN_COURS: (_Pile((en_cours,)),),
    }
