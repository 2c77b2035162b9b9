"""The public directory of acteurs. The number of queries does not depend on the number of rows."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Date, and_, bindparam, false, literal, or_, select, true, tuple_
from sqlalchemy.orm import joinedload

from mse.annuaire.models import Acteur, Commune, Competence, Nature, Territoire, Theme
from mse.annuaire.queries.personnes import acteurs_sans_compte, has_agent
from mse.annuaire.queries.referentiel import list_sous_arbre
from mse.comptes.models import Compte
from mse.core.clock import today
from mse.core.errors import DonneeInvalide
from mse.core.pagination import PAGE_SIZE
from mse.core.text import _, fold
from mse.extensions import db


@dataclass(frozen=True, kw_only=True)
class FiltresActeurs:
    """Filters of the directory; None means all. `territoire`: competent for all or part of it."""

    theme: Theme | None = None
    territoire: Territoire | None = None
    nature: Nature | None = None
    nom: str = ""
    sans_compte: bool = False  # only acteurs without an activated agent

    def __bool__(self) -> bool:
        return any((self.theme, self.territoire, self.nature, self.nom))


@dataclass(frozen=True)
class Domaine:
    """A line of compétences: the acteur handles these thèmes in these places. Empty `themes`: all thèmes;
    empty `lieux`: everywhere."""

    themes: tuple[str, ...]
    lieux: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class LigneActeur:
    id: int
    nom: str
    nature: Nature
    lieu: str | None
    commune: str | None
    siret: str | None
    domaines: list[Domaine]
    a_un_agent: bool


@dataclass(frozen=True)
class PageActeurs:
    rows: list[LigneActeur]
    next: int | None  # cursor: the id of the last acteur shown


def list_acteurs(filtres: FiltresActeurs, after: int | None = None, size: int = PAGE_SIZE) -> PageActeurs:
    """Return open acteurs, services first, then by name. Raise `DonneeInvalide` if the acteur `after` does
    not exist."""
    query = (
        select(
            Acteur.id,
            Acteur.nom,
            Acteur.nature,
            Acteur.siret,
            Territoire.nom.label("lieu"),
            Commune.nom.label("commune"),
        )
        .outerjoin(Territoire, Territoire.code == Acteur.territoire_code)
        .outerjoin(Commune, Commune.code == Acteur.commune_code)
        .where(Acteur.ferme_le.is_(None), *_conditions(filtres))
        .order_by(Acteur.nature.desc(), Acteur.tri, Acteur.id)
    )
    if after is not None:
        query = query.where(_comes_after(after))
    rows = db.session.execute(query.limit(size + 1)).all()
    ids = [row.id for row in rows[:size]]
    domaines, muets = _domaines_de(ids), acteurs_sans_compte(ids, le=today())
    lignes = [
        LigneActeur(
            id=row.id,
            nom=row.nom,
            nature=row.nature,
            lieu=row.lieu,
            commune=row.commune,
            siret=row.siret,
            domaines=domaines.get(row.id, []),
            a_un_agent=row.id not in muets,
        )
        for row in rows[:size]
    ]
    return PageActeurs(lignes, ids[-1] if len(rows) > size else None)


def _comes_after(acteur_id: int) -> ColumnElement[bool]:
    query = select(Acteur.nature, Acteur.tri).where(Acteur.id == acteur_id)
    dernier = db.session.execute(query).one_or_none()
    if dernier is None:
        raise DonneeInvalide(_("L’adresse de cette page de la liste n’est pas valable."))
    plus_loin = tuple_(Acteur.tri, Acteur.id) > tuple_(literal(dernier.tri), literal(acteur_id))
    return or_(Acteur.nature < dernier.nature, and_(Acteur.nature == dernier.nature, plus_loin))


def _conditions(filtres: FiltresActeurs) -> list[ColumnElement[bool]]:
    mots = fold(filtres.nom).split()
    conditions: list[ColumnElement[bool]] = [Acteur.nom_cherche.contains(mot) for mot in mots]
    if filtres.nom and not mots:  # no letter or digit, so no name can match
        conditions.append(false())
    if filtres.sans_compte:
        conditions.append(~has_agent(Acteur.id, le=today()))
    if filtres.nature:
        conditions.append(Acteur.nature == filtres.nature)
    if filtres.theme or filtres.territoire:
        sous_arbre = list_sous_arbre(filtres.territoire.code) if filtres.territoire else []
        conditions.append(or_(_competent(filtres, sous_arbre), _organisme_sur_place(filtres, sous_arbre)))
    return conditions


def _competent(filtres: FiltresActeurs, sous_arbre: list[str]) -> ColumnElement[bool]:
    """SQL condition: the acteur has a compétence for the filtered thème, in the filtered territoire, one of
    its ancestors or one of its descendants (`sous_arbre`)."""
    query = select(Competence.id).where(Competence.acteur_id == Acteur.id)
    if filtres.theme:
        query = query.where(or_(Competence.theme_code == filtres.theme.code, Competence.theme_code.is_(None)))
    if filtres.territoire:
        codes = [*sous_arbre, *(territoire.code for territoire in filtres.territoire.lignee)]
        query = query.where(or_(Competence.territoire_code.in_(codes), Competence.territoire_code.is_(None)))
    return query.exists()


def _organisme_sur_place(filtres: FiltresActeurs, sous_arbre: list[str]) -> ColumnElement[bool]:
    """SQL condition: the acteur is an organisme located in the filtered territoire (`sous_arbre`), and the
    démarche assigns the filtered thème to organismes."""
    if filtres.theme and not filtres.theme.organisme:
        return false()
    ici = Acteur.territoire_code.in_(sous_arbre) if filtres.territoire else true()
    return and_(Acteur.nature == Nature.ORGANISME, ici)


@dataclass(frozen=True)
class Profil:
    """Public profile of an acteur, shown on its page."""

    acteur: Acteur  # with its commune and its territoire
    domaines: list[Domaine]
    a_un_agent: bool


# Built once: building these statements costs more than running them.
_PROFIL = (
    select(Acteur, has_agent(Acteur.id, le=bindparam("le", type_=Date)).label("a_un_agent"))
    .where(Acteur.id == bindparam("acteur_id"))
    .options(joinedload(Acteur.territoire), joinedload(Acteur.commune))
)
_DOMAINES = (
    select(Competence.acteur_id, Theme.libelle, Territoire.nom)
    .outerjoin(Theme, Theme.code == Competence.theme_code)
    .outerjoin(Territoire, Territoire.code == Competence.territoire_code)
    .where(Competence.acteur_id.in_(bindparam("ids", expanding=True)))
    .order_by(Theme.ordre, Territoire.code)
)


def get_profil(_compte: Compte | None, acteur_id: int) -> Profil | None:
    """Return the public profile of an acteur; everybody may read it."""
    row = db.session.execute(_PROFIL, {"acteur_id": acteur_id, "le": today()}).one_or_none()
    return Profil(row[0], _domaines_de([acteur_id]).get(acteur_id, []), row.a_un_agent) if row else None


def _domaines_de(ids: Collection[int]) -> dict[int, list[Domaine]]:
    paires: defaultdict[int, list[tuple[str | None, str | None]]] = defaultdict(list)
    for acteur_id, theme, lieu in db.session.execute(_DOMAINES, {"ids": ids}):
        paires[acteur_id].append((theme, lieu))
    return {acteur_id: _group(liste) for acteur_id, liste in paires.items()}


def _group(paires: Iterable[tuple[str | None, str | None]]) -> list[Domaine]:
    """Group (thème, place) pairs into few lines: by place, then places with equal thèmes."""
    par_lieu: defaultdict[str | None, list[str | None]] = defaultdict(list)
    for theme, lieu in paires:
        par_lieu[lieu].append(theme)
    par_themes: defaultdict[tuple[str, ...], list[str | None]] = defaultdict(list)
    for lieu, themes in par_lieu.items():
        par_themes[() if None in themes else tuple(t for t in themes if t)].append(lieu)
    return [
        Domaine(themes, () if None in lieux else tuple(lieu for lieu in lieux if lieu))
        for themes, lieux in par_themes.items()
    ]
