"""The published fiches nearest to a title and a problem.

The search index and the lists of the same thème give a bounded number of candidates; `ressemblance` sorts
them, the same way on both databases.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, select

from mse.annuaire.models import Acteur
from mse.annuaire.queries import list_noms_de_territoires
from mse.core.cache import cached_for
from mse.core.database import is_state
from mse.core.text import clean
from mse.doublons.ressemblance import (
    LONGEST,
    Profil,
    Raretes,
    compare,
    count_raretes,
    list_same_subject,
    read_profil,
)
from mse.extensions import db
from mse.fiches.api import EN_DETAIL, NatureEtape, Publication
from mse.fiches.models import Etape, Fiche, FicheTerritoire
from mse.fiches.queries.listes import select_published, start_of
from mse.recherche.queries.candidats import list_candidates
from mse.recherche.queries.vocabulaire import list_neighbours

SHOWN = 3
SAMPLE = 1000  # newest fiches, from which the rarity of words is counted
MINUTES = 10
LIMIT = 100  # candidates of each list
STEMS_MAX = 12  # stems in one query of the index
UNKNOWN_MAX = 4  # words whose typing mistakes are looked for
RARE, FREQUENT = 0.03, 0.2  # share of fiches above which a word finds nothing of its own
THRESHOLD = 0.16
SAME_THEME, SAME_TERRITOIRE, SAME_DEPARTEMENT = 0.10, 0.04, 0.02

_F, _T, _E = Fiche.__table__.c, FicheTerritoire.__table__.c, Etape.__table__.c
_PUBLIEE = is_state(_F.publication, Publication.PUBLIEE)
_TEXTE = func.substr(_F.probleme, 1, LONGEST)


@dataclass(frozen=True, kw_only=True)
class Proche:
    """A published fiche. `ligne`: what its card shows. `reponse`: beginning of the HTML of its last public
    answer, with the name of its author."""

    id: int
    ressemblance: float
    ligne: Row[*tuple[Any, ...]]
    reponse: str | None = None
    acteur: str | None = None


@dataclass(frozen=True)
class Pareille:
    """A fiche and its resemblance. The fiche is the main one of its group."""

    id: int
    ressemblance: float


def proches(
    titre: str,
    probleme: str,
    *,
    theme: str | None = None,
    territoire: str | None = None,
    sauf: int | None = None,
    nombre: int = SHOWN,
) -> list[Proche]:
    """Return the published fiches nearest to this title and problem, nearest first: those of the same thème
    and territoire are preferred. Empty if nothing resembles. `sauf`: id of a fiche to leave out."""
    trouvees = rank(titre, probleme, theme=theme, territoire=territoire, sauf=sauf)[:nombre]
    return _load(trouvees)


def rank(
    titre: str,
    probleme: str,
    *,
    theme: str | None = None,
    territoire: str | None = None,
    sauf: int | None = None,
    seuil: float = THRESHOLD,
) -> list[Pareille]:
    """Return the main fiches whose resemblance reaches `seuil`, greatest first."""
    profil = read_profil(clean(titre), clean(probleme)[:LONGEST])
    if not profil.mots:
        return []
    raretes, lignee = _get_raretes(), list_lignee(territoire)
    best: dict[int, float] = {}
    for row in _load_candidates(_find(profil, raretes, theme, lignee), sauf):
        value = compare(profil, read_profil(row.titre, row.probleme), raretes)
        if value < seuil / 2:
            continue
        value += SAME_THEME * (row.theme_code == theme)
        value += _near(row.territoire_code, lignee)
        principale = row.reunie_a_id or row.id
        if principale != sauf and value >= seuil:
            best[principale] = max(value, best.get(principale, 0.0))
    ordre = sorted(best.items(), key=lambda item: (-item[1], -item[0]))
    return [Pareille(id, value) for id, value in ordre]


def list_lignee(territoire: str | None) -> list[str]:
    """Return the territoire and those that contain it, the smallest first."""
    parents, codes = _get_parents(), list[str]()
    while territoire is not None and territoire not in codes:
        codes.append(territoire)
        territoire = parents.get(territoire)
    return codes


def _near(code: str, lignee: Sequence[str]) -> float:
    """Return what a fiche of the territoire `code` gains: the same place, or one with the same parent."""
    if not lignee:
        return 0.0
    if code == lignee[0]:
        return SAME_TERRITOIRE
    autres = list_lignee(code)
    return SAME_DEPARTEMENT if len(lignee) > 1 and lignee[1] in autres[:2] else 0.0


@cached_for(60 * MINUTES)
def _get_parents() -> dict[str, str | None]:
    return {lieu.code: lieu.parent_code for lieu in list_noms_de_territoires()}


@cached_for(60 * MINUTES)
def _get_raretes() -> Raretes:
    query = select(_F.titre, _TEXTE.label("probleme")).where(_PUBLIEE)
    rows = db.session.execute(query.order_by(_F.deposee_le.desc(), _F.id.desc()).limit(SAMPLE))
    return count_raretes(read_profil(row.titre, row.probleme) for row in rows)


def _find(profil: Profil, raretes: Raretes, theme: str | None, lignee: Sequence[str]) -> set[int]:
    """Return the ids of the candidates, at most a few times `LIMIT`."""
    stems = _list_stems(profil, raretes, RARE)
    ids = set(list_candidates(stems, {}, LIMIT))
    ids.update(_list_newest(None, None))
    if theme is not None:
        frequents = _list_stems(profil, raretes, FREQUENT)
        ids.update(list_candidates(frequents, {"theme": theme}, LIMIT))
        ids.update(_list_newest(theme, None))
        if len(lignee) > 1:
            ids.update(list_candidates(frequents, {"theme": theme, "territoire": lignee[1]}, LIMIT))
            ids.update(_list_newest(theme, lignee[1]))
    return ids


def _list_stems(profil: Profil, raretes: Raretes, share: float) -> list[str]:
    """Return the stems to look for: those of the rarest words, of their subjects and of words that resemble
    unknown ones. A word of more than `share` of the fiches is left out, unless all are."""
    ordre = sorted(profil.mots, key=lambda stem: (-raretes.weigh(stem), stem))
    rares = [stem for stem in ordre if raretes.share(stem) <= share] or ordre[:2]
    stems = dict.fromkeys(rares[:STEMS_MAX])
    inconnus = [stem for stem in rares if not raretes.nombres.get(stem)][:UNKNOWN_MAX]
    for near in list_neighbours({profil.mots[stem][0].word: stem for stem in inconnus}).values():
        stems.update(dict.fromkeys(racine for _mot, racine in near))
    for stem in rares[:STEMS_MAX]:
        for other in list_same_subject(profil.mots[stem][0].subject):
            if raretes.share(other) <= share:
                stems[other] = None
    return list(stems)[: 3 * STEMS_MAX]


def _list_newest(theme: str | None, territoire: str | None) -> Sequence[int]:
    """Return the ids of the newest fiches, which the index may not hold yet."""
    if theme is not None and territoire is not None:
        ici = select(_T.fiche_id).where(_T.territoire_code == territoire, _T.theme_code == theme)
        return db.session.scalars(ici.order_by(_T.deposee_le.desc(), _T.fiche_id.desc()).limit(LIMIT)).all()
    query = select(_F.id).where(_PUBLIEE)
    if theme is not None:
        query = query.where(_F.theme_code == theme)
    return db.session.scalars(query.order_by(_F.deposee_le.desc(), _F.id.desc()).limit(LIMIT)).all()


def _load_candidates(ids: Collection[int], sauf: int | None) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the published candidates. The index may hold some that are no longer public."""
    query = select(
        _F.id, _F.titre, _TEXTE.label("probleme"), _F.theme_code, _F.territoire_code, _F.reunie_a_id
    )
    return db.session.execute(query.where(_F.id.in_(ids), _PUBLIEE, _F.id != (sauf or 0))).all()


_REPONSES = (*sorted(EN_DETAIL), NatureEtape.ABANDON)


def _load(trouvees: Sequence[Pareille]) -> list[Proche]:
    """Load what the cards show, in two statements."""
    ids = [une.id for une in trouvees]
    if not ids:
        return []
    lignes = {ligne.id: ligne for ligne in db.session.execute(select_published().where(_F.id.in_(ids)))}
    dernieres = (
        select(func.max(_E.id))
        .where(_E.nature.in_(_REPONSES), _E.masquee_le.is_(None), _E.texte_html.is_not(None))
        .where(_E.fiche_id.in_(ids))
        .group_by(_E.fiche_id)
    )
    query = (
        select(_E.fiche_id, start_of(_E.texte_html).label("texte"), Acteur.nom)
        .outerjoin(Acteur, Acteur.id == _E.acteur_id)
        .where(_E.id.in_(dernieres))
    )
    reponses = {row.fiche_id: row for row in db.session.execute(query)}
    return [
        Proche(
            id=une.id,
            ressemblance=une.ressemblance,
            ligne=lignes[une.id],
            reponse=reponses[une.id].texte if une.id in reponses else None,
            acteur=reponses[une.id].nom if une.id in reponses else None,
        )
        for une in trouvees
        if une.id in lignes
    ]
