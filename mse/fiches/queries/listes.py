"""Public lists: rows, not objects, newest first, by keyset."""

from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Row, Select, and_, case, func, or_, select

from mse.annuaire.models import Acteur, Territoire, Theme
from mse.core.clock import zone
from mse.core.database import is_state
from mse.core.pagination import Cursor, Page, keyset_page
from mse.extensions import db
from mse.fiches.models import Compteur, Fiche, FicheTerritoire, Saisine
from mse.fiches.workflow import Publication, Statut

_LIGNE = (
    Fiche.id,
    Fiche.titre,
    Fiche.statut,
    Fiche.deposee_le,
    Fiche.effectif_concerne,
    Fiche.prochaine_echeance,
    Fiche.est_orientee,
    Theme.libelle.label("theme"),
    Territoire.nom.label("territoire"),
)


@dataclass(frozen=True, kw_only=True)
class Filtres:
    """What a visitor may choose in the list; None: all. `du` and `au` are local days, both included."""

    statut: Statut | None = None
    theme: str | None = None
    territoire: str | None = None
    acteur: int | None = None
    du: date | None = None
    au: date | None = None

    def __bool__(self) -> bool:
        return any(value is not None for value in asdict(self).values())


def list_fiches(filtres: Filtres, after: Cursor | None = None) -> Page[Row[*tuple[Any, ...]]]:
    """Published fiches, newest first; the sort column is always that of the index walked."""
    query, instant, id = _walk(filtres)
    if filtres.statut:
        query = query.where(Fiche.statut == filtres.statut)
    if filtres.theme:
        par_territoire = filtres.territoire and filtres.acteur is None
        theme = FicheTerritoire.theme_code if par_territoire else Fiche.theme_code
        query = query.where(theme == filtres.theme)
    if filtres.du:
        query = query.where(instant >= _midnight(filtres.du))
    if filtres.au:
        query = query.where(instant < _midnight(filtres.au + timedelta(days=1)))
    return keyset_page(query, instant=instant, id=id, after=after, fetch=_rows)


def list_dernieres_reponses(count: int = 4) -> list[Row[*tuple[Any, ...]]]:
    """The fiches that were answered last."""
    query = (
        _published()
        .where(Fiche.derniere_reponse_le.is_not(None))
        .order_by(Fiche.derniere_reponse_le.desc(), Fiche.id.desc())
        .limit(count)
    )
    return list(_rows(query))


@dataclass(frozen=True)
class Chiffres:
    """True at this instant: kept by the transactions that change them."""

    publiees: int  # fiches published so far
    traitees: int  # of these, with at least one detailed answer
    delai_median: int | None  # working days from filing to the first detailed answer

    @property
    def part_traitee(self) -> int | None:
        """In percent, rounded down: 100 means all."""
        return 100 * self.traitees // self.publiees if self.publiees else None


def get_chiffres() -> Chiffres:
    valeurs = {row.cle: row.valeur for row in db.session.execute(select(Compteur.cle, Compteur.valeur))}
    delais = sorted(
        (int(cle.removeprefix("delai:")), n) for cle, n in valeurs.items() if cle.startswith("delai:")
    )
    return Chiffres(valeurs.get("publiees", 0), valeurs.get("traitees", 0), _median(delais))


@dataclass(frozen=True, kw_only=True)
class Bilan:
    """An acteur's saisines of published fiches, by status, and how many answers are late."""

    recues: int
    par_statut: dict[Statut, int]
    en_retard: int
    repondues: int  # with at least one detailed answer, since it owns them


_repondue_par_lui = and_(
    Saisine.repondue_le.is_not(None),
    or_(Saisine.transferee_le.is_(None), Saisine.derniere_reponse_le >= Saisine.transferee_le),
)


def get_bilan(acteur: Acteur, *, le: date) -> Bilan:
    rows = db.session.execute(
        select(
            Saisine.statut,
            func.count(),
            func.count(case((_repondue_par_lui, 1))),
            func.count(case((Saisine.reponse_due < le, 1))),
        )
        .join(Fiche, Fiche.id == Saisine.fiche_id)
        .where(Saisine.acteur_id == acteur.id, is_state(Fiche.publication, Publication.PUBLIEE))
        .group_by(Saisine.statut)
    ).all()
    return Bilan(
        recues=sum(row[1] for row in rows),
        par_statut={row[0]: row[1] for row in rows},
        en_retard=sum(row[3] for row in rows if row[0] == Statut.EN_COURS),
        repondues=sum(row[2] for row in rows),
    )


def _median(counts: list[tuple[int, int]]) -> int | None:
    """The lower median of a histogram sorted by value."""
    rank = (sum(n for _value, n in counts) + 1) // 2
    for value, n in counts:
        rank -= n
        if rank <= 0 and n:
            return value
    return None


def _published() -> Select[*tuple[Any, ...]]:
    ligne: Select[*tuple[Any, ...]] = select(*_LIGNE)
    return (
        ligne.join(Theme, Theme.code == Fiche.theme_code)
        .join(Territoire, Territoire.code == Fiche.territoire_code)
        .where(is_state(Fiche.publication, Publication.PUBLIEE))
    )


def _walk(filtres: Filtres) -> tuple[Select[*tuple[Any, ...]], Any, Any]:
    """By acteur or territoire the walk follows their own index, which repeats the filing instant."""
    query = _published()
    if filtres.acteur is not None:
        query = query.join(Saisine, Saisine.fiche_id == Fiche.id).where(Saisine.acteur_id == filtres.acteur)
        if filtres.territoire:
            query = query.join(FicheTerritoire, FicheTerritoire.fiche_id == Fiche.id).where(
                FicheTerritoire.territoire_code == filtres.territoire
            )
        return query, Saisine.deposee_le, Saisine.fiche_id
    if filtres.territoire:
        query = query.join(FicheTerritoire, FicheTerritoire.fiche_id == Fiche.id).where(
            FicheTerritoire.territoire_code == filtres.territoire
        )
        return query, FicheTerritoire.deposee_le, FicheTerritoire.fiche_id
    return query, Fiche.deposee_le, Fiche.id


def _rows(query: Select[*tuple[Any, ...]]) -> list[Row[*tuple[Any, ...]]]:
    return list(db.session.execute(query).all())


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, zone()).astimezone(UTC)
