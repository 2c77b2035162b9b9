"""Public lists: rows instead of objects, newest first, with keyset pagination."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Function,
    Integer,
    Row,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    not_,
    or_,
    select,
)

from mse.annuaire.models import Acteur, Territoire, Theme
from mse.core.cache import THIRTY_SECONDS, cached_for
from mse.core.clock import midnight, today
from mse.core.database import first, is_state
from mse.core.pagination import Cursor, Page, cursor_parameters, cut_page, page_statement
from mse.demarche import get_demarche
from mse.extensions import db
from mse.fiches.models import Avis, Fiche, FicheTerritoire, Saisine
from mse.fiches.workflow import Publication, Statut

COUNTED = 1000  # fiches; a longer list says «more than»
PAR_PAGE = 12  # a card takes up to 300 px on a phone
PETIT = 5  # people of other promotions; a smaller number is not told
DEBUT = 600  # characters of HTML, enough for an excerpt of two lines

# Lists need no ORM objects, so they select columns of tables.
_F, _T, _S = Fiche.__table__.c, FicheTerritoire.__table__.c, Saisine.__table__.c
_A, _V = Acteur.__table__.c, Avis.__table__.c
# Two other fiches of the group of a merged one.
_F_PRINCIPALE, _F_AINEE = Fiche.__table__.alias("principales"), Fiche.__table__.alias("ainees")


def start_of(html: Any) -> Function[str]:
    """Return the SQL expression of the first `DEBUT` characters, enough for an excerpt."""
    return func.substr(html, literal_column("1"), literal_column(str(DEBUT)))


def jours_donnes() -> ColumnElement[int]:
    """Return the SQL expression of the working days given for an answer: those of the acteur or of the
    démarche, and those of an extension. `Saisine.delai` has the same total."""
    par_defaut = bindparam(None, type_=Integer, callable_=lambda: get_demarche().delais.reponse)
    donnes: ColumnElement[int] = func.coalesce(Acteur.delai_reponse, par_defaut) + Saisine.jours_prolonges
    return donnes


def _des_saisines(aggregate: Any, *conditions: Any) -> ScalarSelect[Any]:
    """Return a subquery: an aggregate over the saisines of the fiche, which needs no sort. It is not
    correlated with the saisines of the filter by acteur."""
    query = select(aggregate).where(_S.fiche_id == _F.id, *conditions)
    return query.correlate(Fiche.__table__).scalar_subquery()


# People who have the problem, with those of other promotions. Fewer than 5 of these could identify somebody.
PERSONNES = func.nullif(
    func.coalesce(_F.effectif_concerne, 0) + case((_F.personnes_aussi >= PETIT, _F.personnes_aussi), else_=0),
    0,
)
_PREMIERE = _des_saisines(func.min(_S.id))
_RESPONSABLE = select(_A.nom).where(_A.id == _S.acteur_id, _S.id == _PREMIERE).correlate(None)
_DERNIER = _des_saisines(func.max(_V.id), _V.saisine_id == _S.id, _V.tour == _S.tour)
_AVIS = select(_V.valeur).where(_V.id == _DERNIER)
_LIGNE = (
    _F.id,
    _F.titre,
    _F.statut,
    _F.deposee_le,
    PERSONNES.label("effectif_concerne"),
    _F.nombre_soutiens,
    _F.prochaine_echeance,
    _F.derniere_reponse_le,
    start_of(_F.probleme_html).label("probleme"),
    Theme.__table__.c.libelle.label("theme"),
    Territoire.__table__.c.nom.label("territoire"),
    _RESPONSABLE.scalar_subquery().label("responsable"),
    _des_saisines(func.count(_S.id)).label("nombre_responsables"),
    _AVIS.scalar_subquery().label("avis"),  # of the delegates, on an answer that still stands
)


class Etat(StrEnum):
    """What a fiche in progress lacks."""

    RETARD = "retard"  # an answer whose due date has passed
    SANS_RESPONSABLE = "sans_responsable"


@dataclass(frozen=True, kw_only=True)
class Filtres:
    """Filters of the list; None means all. `du` and `au` are local days, both included."""

    statut: Statut | None = None
    theme: str | None = None
    territoire: str | None = None
    acteur: int | None = None
    du: date | None = None
    au: date | None = None
    etat: Etat | None = None

    def choisis(self) -> dict[str, Any]:
        return {nom: valeur for nom, valeur in vars(self).items() if valeur is not None}

    def __bool__(self) -> bool:
        return bool(self.choisis())


def list_fiches(
    filtres: Filtres, after: Cursor | None = None, *, size: int = PAR_PAGE
) -> Page[Row[*tuple[Any, ...]]]:
    """Return published fiches, newest first. The sort column belongs to the index in use, so no sort is
    needed."""
    statement = _statement(_names(filtres), after is not None, size)
    rows = _rows(statement, {**_parameters(filtres), **cursor_parameters(after)})
    return cut_page(rows, instant="deposee_le", size=size)


@cache
def _statement(choisis: frozenset[str], resumed: bool, size: int) -> Select[*tuple[Any, ...]]:
    """Build the statement of the list for a set of filters. Cached, because building it takes longer than
    running it."""
    query, instant, id = _filter(choisis, select_published(*_list_absentes(choisis)))
    return page_statement(query, instant=instant, id=id, resumed=resumed, size=size)


@cached_for(THIRTY_SECONDS)
def count_fiches(filtres: Filtres) -> int:
    """Return the number of published fiches, at most `COUNTED` + 1."""
    number: int = db.session.execute(_counting(_names(filtres)), _parameters(filtres)).scalar_one()
    return number


@cache
def _counting(choisis: frozenset[str]) -> Select[*tuple[Any, ...]]:
    shown = or_(_F.reunie_a_id.is_(None), *_list_absentes(choisis))
    published = select(_F.id).where(is_state(_F.publication, Publication.PUBLIEE), shown)
    query, _instant, _id = _filter(choisis, published)
    return select(func.count()).select_from(first(query, COUNTED + 1).subquery())


def _names(filtres: Filtres) -> frozenset[str]:
    """Return the names of the filters that are set."""
    return frozenset(filtres.choisis()) - {"etat"} | ({filtres.etat.value} if filtres.etat else set())


def _parameters(filtres: Filtres) -> dict[str, Any]:
    choisis = filtres.choisis().items()
    return {nom: _PARAMETRES.get(nom, lambda as_is: as_is)(valeur) for nom, valeur in choisis} | {
        "le": today()
    }


def _filter(
    choisis: frozenset[str], query: Select[*tuple[Any, ...]]
) -> tuple[Select[*tuple[Any, ...]], Any, Any]:
    """Add the filters to a query of fiches. Return it with the columns of instant and id of its index."""
    query, instant, id = _choose_index(choisis, query)
    if "statut" in choisis:
        query = query.where(_F.statut == bindparam("statut"))
    if "theme" in choisis:
        par_territoire = "territoire" in choisis and "acteur" not in choisis
        query = query.where((_T.theme_code if par_territoire else _F.theme_code) == bindparam("theme"))
    if "du" in choisis:
        query = query.where(instant >= bindparam("du"))
    if "au" in choisis:
        query = query.where(instant < bindparam("au"))
    if Etat.RETARD in choisis:
        query = query.where(_F.prochaine_echeance < bindparam("le", type_=Date))
    if Etat.SANS_RESPONSABLE in choisis:
        query = query.where(not_(_F.est_orientee))
    return query, instant, id


def select_published(*absentes: Any) -> Select[*tuple[Any, ...]]:
    """Select the rows of published fiches. A merged one is left out, unless its main fiche is not in the
    list: `absentes` are the conditions that say so."""
    ligne: Select[*tuple[Any, ...]] = select(*_LIGNE)
    themes, territoires = Theme.__table__, Territoire.__table__
    return (
        ligne.join_from(Fiche.__table__, themes, themes.c.code == _F.theme_code)
        .join(territoires, territoires.c.code == _F.territoire_code)
        .where(is_state(_F.publication, Publication.PUBLIEE), or_(_F.reunie_a_id.is_(None), *absentes))
    )


def _choose_index(
    choisis: frozenset[str], query: Select[*tuple[Any, ...]]
) -> tuple[Select[*tuple[Any, ...]], Any, Any]:
    """Choose the index. Filters by acteur or territoire have their own, with a copy of the filing instant."""
    instant, id = _F.deposee_le, _F.id
    if "acteur" in choisis:
        query = query.join(Saisine.__table__, _S.fiche_id == _F.id).where(_S.acteur_id == bindparam("acteur"))
        instant, id = _S.deposee_le, _S.fiche_id
    if "territoire" in choisis:
        query = query.join(FicheTerritoire.__table__, _T.fiche_id == _F.id)
        query = query.where(_T.territoire_code == bindparam("territoire"))
        if "acteur" not in choisis:
            instant, id = _T.deposee_le, _T.fiche_id
    return query, instant, id


def _list_absentes(choisis: frozenset[str]) -> list[Any]:
    """Return the condition on a merged fiche that shows it: of its group, neither the main fiche nor an
    older one passes the filters. Empty without a filter, because the main fiche is in the list, and among
    those without an owner: the owner of the main fiche is theirs."""
    if not choisis or Etat.SANS_RESPONSABLE in choisis:
        return []
    principale = _F_PRINCIPALE.c.id == _F.reunie_a_id
    ainee = and_(_F_AINEE.c.reunie_a_id == _F.reunie_a_id, _F_AINEE.c.id < _F.id)
    return [
        and_(
            ~exists().where(principale, *_pass_filters(_F_PRINCIPALE.c, choisis)),
            ~exists().where(ainee, *_pass_filters(_F_AINEE.c, choisis)),
        )
    ]


def _pass_filters(fiche: Any, choisis: frozenset[str]) -> list[Any]:
    """Return the conditions that all filters set on another fiche of the group."""
    saisines, lieux = Saisine.__table__.alias(), FicheTerritoire.__table__.alias()
    conditions = {
        "statut": fiche.statut == bindparam("statut"),
        "theme": fiche.theme_code == bindparam("theme"),
        "du": fiche.deposee_le >= bindparam("du"),
        "au": fiche.deposee_le < bindparam("au"),
        "acteur": exists().where(
            saisines.c.fiche_id == fiche.id, saisines.c.acteur_id == bindparam("acteur")
        ),
        "territoire": exists().where(
            lieux.c.fiche_id == fiche.id, lieux.c.territoire_code == bindparam("territoire")
        ),
        Etat.RETARD: fiche.prochaine_echeance < bindparam("le", type_=Date),
    }
    return [conditions[nom] for nom in sorted(choisis)]


def _rows(statement: Select[*tuple[Any, ...]], parametres: Mapping[str, Any]) -> list[Row[*tuple[Any, ...]]]:
    return list(db.session.execute(statement, parametres).all())


def _next_midnight(day: date) -> datetime:
    return midnight(day + timedelta(days=1))


_PARAMETRES = {"du": midnight, "au": _next_midnight}  # converts a filter to its query parameter
