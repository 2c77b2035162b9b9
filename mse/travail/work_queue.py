"""The work queue of an owner: five tabs, each read through its own index and counted up to a hundred."""

from collections.abc import Collection, Sequence
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Row,
    Select,
    String,
    bindparam,
    literal_column,
    select,
    tuple_,
    union,
    union_all,
)

from mse.annuaire.models import Acteur
from mse.comptes.models import Compte
from mse.core.database import first, is_state
from mse.core.registry import COUNT_MAX, Tally
from mse.extensions import db
from mse.fiches.api import EtatDemande, Publication, Statut
from mse.fiches.models import DemandeReouverture, Fiche, Saisine
from mse.fiches.queries.listes import jours_donnes, start_of
from mse.representation.models import Promotion
from mse.travail.filtres import AUCUN, FiltresFile, conditions
from mse.travail.models import Attribution

PAR_PAGE = 25  # rows of a queue

Lignes = Sequence[Row[*tuple[Any, ...]]]

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


A_FAIRE = (QueueTab.A_PRENDRE, QueueTab.EN_RETARD, QueueTab.REOUVERTURES)  # what «À faire» unites
COUNTED = (*A_FAIRE, QueueTab.EN_COURS)


def name_source(tab: QueueTab) -> str:
    """Return the name of the registry source (`mse.core.registry`) that counts a tab."""
    return f"file.{tab}"


def count_tabs(tally: Tally) -> dict[QueueTab, int]:
    """Return the number of saisines of each tab, at most `COUNT_MAX`. «À faire» counts the union."""
    count = {tab: tally.count(name_source(tab)) for tab in COUNTED}
    return {QueueTab.A_FAIRE: tally.count(*map(name_source, A_FAIRE)), **count}


def count_filtered(acteurs: Collection[int], filtres: FiltresFile, *, le: date) -> dict[QueueTab, int]:
    """Return the same numbers for the saisines that the filters keep, in one statement."""
    found: dict[str, dict[int, int]] = {name_source(tab): {} for tab in COUNTED}
    values = {"acteurs": list(acteurs), "le": le, **filtres.parametres}
    for name, saisine_id, fiche_id in db.session.execute(_unite(filtres.cle), values):
        found[name][saisine_id] = fiche_id
    return count_tabs(Tally(found, {}))


@cache
def _unite(cle: frozenset[str]) -> Any:
    """Build the statement that counts the tabs: the ids of the first saisines of each. It is cached, because
    to build it costs more than to run it. The acteurs and the day are bound parameters."""
    piles = []
    for tab in COUNTED:
        pile = first(select_items(tab, cle), COUNT_MAX).subquery()
        nom = literal_column(f"'{name_source(tab)}'", String)
        piles.append(select(nom.label("source"), pile.c.id, pile.c.fiche_id))
    return union_all(*piles)


def select_items(tab: QueueTab, cle: frozenset[str] = frozenset()) -> Select[*tuple[Any, ...]]:
    """Select the saisines of a counted tab and their fiches."""
    [pile] = _piles()[tab]
    return _select(pile, cle).with_only_columns(Saisine.id, Saisine.fiche_id)


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
    query = _premieres(tab, PAR_PAGE + 1, after is not None, filtres.cle)
    valeurs = {"acteurs": list(acteurs), "le": le, **filtres.parametres, **place}
    rows = list(db.session.execute(query, valeurs).all())
    if len(rows) <= PAR_PAGE:
        return rows, None
    last = rows[PAR_PAGE - 1]
    return rows[:PAR_PAGE], (last.due, last.id)


@cache
def _premieres(tab: QueueTab, limit: int, resumed: bool, cle: frozenset[str]) -> Select[*tuple[Any, ...]]:
    """Select the first rows of a tab. «À faire» is the union of three overlapping lists: the first rows of
    each contain its own first rows. A saisine in two of them has the same due date in both."""
    selects = []
    for pile in _piles()[tab]:
        query = _select(pile, cle).limit(limit)
        if resumed:
            query = query.where(tuple_(pile.due, Saisine.id) > tuple_(_JOUR, _DERNIER))
        premieres = query.subquery()
        selects.append(select(premieres.c.id, premieres.c.due))
    ids = (union(*selects) if len(selects) > 1 else selects[0]).subquery()
    query = _select_rows(ids).join(ids, ids.c.id == Saisine.id)
    query = query.outerjoin(Attribution, Attribution.saisine_id == Saisine.id)
    query = query.outerjoin(Compte, Compte.id == Attribution.compte_id)
    return query.order_by(ids.c.due, ids.c.id).limit(limit)


def _select_rows(ids: Any) -> Select[*tuple[Any, ...]]:
    """Select what a row of the queue shows."""
    row: Select[*tuple[Any, ...]] = select(
        Saisine.id,
        Saisine.fiche_id,
        is_state(Saisine.statut, Statut.EN_COURS).label("est_en_cours"),
        Saisine.prise_en_charge_le,
        Saisine.prise_en_charge_due,
        Saisine.reponse_due,
        Saisine.suspendue_jusqu_au,
        Fiche.titre,
        Fiche.effectif_concerne,
        Fiche.nombre_soutiens,
        Fiche.personnes_aussi,
        start_of(Fiche.probleme_html).label("probleme"),
        jours_donnes().label("jours_donnes"),
        Promotion.titre.label("promotion"),
        Promotion.fin.label("fin_promotion"),
        Attribution.compte_id.label("porteur_id"),
        Compte.prenom.label("porteur"),
        ids.c.due,
    )
    return (
        row.join(Fiche, Fiche.id == Saisine.fiche_id)
        .join(Acteur, Acteur.id == Saisine.acteur_id)
        .join(Promotion, Promotion.id == Fiche.promotion_id)
        .where(is_state(Fiche.publication, Publication.PUBLIEE))
    )


class _Pile(NamedTuple):
    """A list of saisines that meet all `conditions`, sorted by `due`. By default, this is the earlier of the
    due date and the last day of the course."""

    conditions: Sequence[ColumnElement[bool]]
    due: Any = Saisine.agir_avant


def _select(pile: _Pile, cle: frozenset[str]) -> Select[*tuple[Any, ...]]:
    query: Select[*tuple[Any, ...]] = select(Saisine.id, Saisine.fiche_id, pile.due.label("due"))
    if pile.due is DemandeReouverture.decision_due:
        query = query.join(DemandeReouverture, DemandeReouverture.saisine_id == Saisine.id)
    query = query.where(Saisine.acteur_id.in_(_ACTEURS), Saisine.est_publique)
    query = query.where(*conditions(cle))
    return query.where(*pile.conditions).order_by(pile.due, Saisine.id)


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
