"""Groups of merged fiches: what a page shows of them, and their current merges."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from mse.annuaire.models import Acteur
from mse.comptes.models import Compte
from mse.core.database import read_id
from mse.doublons.limites import GROUPE_MAX
from mse.doublons.models import Fusion
from mse.extensions import db
from mse.fiches.api import EN_DETAIL, NatureEtape
from mse.fiches.models import Etape, Fiche, Saisine
from mse.fiches.policies import est_animateur
from mse.fiches.queries.autres import Bloc
from mse.fiches.queries.listes import start_of
from mse.fiches.queries.pages import get_fiche
from mse.representation.models import Promotion

REPONSES = (*sorted(EN_DETAIL), NatureEtape.ABANDON)  # étapes that answer a fiche
_E = Etape.__table__.c
_PAGE = (
    joinedload(Fiche.theme),
    joinedload(Fiche.territoire),
    joinedload(Fiche.promotion).options(
        joinedload(Promotion.organisme).load_only(Acteur.nom), joinedload(Promotion.commune)
    ),
    joinedload(Fiche.saisines).joinedload(Saisine.acteur).load_only(Acteur.nom, Acteur.delai_reponse),
)


@dataclass(frozen=True, kw_only=True)
class Reunie:
    """A merged fiche on the page of the main one. `reponses`: beginning of the last answer by saisine id."""

    fiche: Fiche
    reponses: Mapping[int, str]


@dataclass(frozen=True, kw_only=True)
class Groupe:
    """The block of the page of a fiche. `depuis`: the merged fiche whose address led here."""

    reunies: Sequence[Reunie]
    peut_separer: bool


def get_publique(compte: Compte | None, fiche_id: int) -> Fiche | None:
    """Return a public fiche."""
    fiche = get_fiche(compte, fiche_id)
    return fiche if fiche is not None and fiche.est_publique else None


def get_reunie(compte: Compte | None, fiche_id: int) -> Fiche | None:
    """Return a public fiche that is merged into another one, or was: a second click separates nothing."""
    fiche = get_publique(compte, fiche_id)
    if fiche is None or fiche.est_reunie:
        return fiche
    return (
        fiche if db.session.scalar(select(Fusion.id).where(Fusion.doublon_id == fiche_id).limit(1)) else None
    )


def read_autre(texte: str) -> Fiche | None:
    """Return the public fiche whose number was typed, with everything that a comparison shows."""
    try:
        ident = read_id(texte.strip().removeprefix("#"))
    except ValueError:
        return None
    return load_fiche(ident)


def load_fiche(fiche_id: int) -> Fiche | None:
    query = select(Fiche).where(Fiche.id == fiche_id).options(*_PAGE)
    fiche = db.session.scalars(query).unique().one_or_none()
    return fiche if fiche is not None and fiche.est_publique else None


def get_groupe(compte: Compte | None, fiche: Fiche) -> Bloc | None:
    """Return the block of the page of a main fiche; no query for a fiche without merged ones."""
    if not fiche.nombre_reunies:
        return None
    groupe = Groupe(reunies=list_reunies(fiche.id), peut_separer=est_animateur(compte))
    return Bloc("doublons/_groupe.html", groupe, place="suite")


def list_reunies(principale_id: int) -> list[Reunie]:
    """Return the fiches merged into this one, directly or not, oldest first."""
    query = select(Fiche).where(Fiche.reunie_a_id == principale_id).options(*_PAGE)
    fiches = db.session.scalars(query.order_by(Fiche.id).limit(GROUPE_MAX)).unique().all()
    reponses = _map_reponses([fiche.id for fiche in fiches])
    return [Reunie(fiche=fiche, reponses=reponses[fiche.id]) for fiche in fiches]


def _map_reponses(fiche_ids: Collection[int]) -> defaultdict[int, dict[int, str]]:
    dernieres = (
        select(func.max(_E.id))
        .where(_E.fiche_id.in_(fiche_ids), _E.nature.in_(REPONSES), _E.saisine_id.is_not(None))
        .group_by(_E.saisine_id)
    )
    query = select(_E.fiche_id, _E.saisine_id, start_of(_E.texte_html).label("texte"))
    lues: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for row in db.session.execute(query.where(_E.id.in_(dernieres), _E.masquee_le.is_(None))):
        lues[row.fiche_id][row.saisine_id] = row.texte or ""
    return lues


def get_fusion(doublon_id: int) -> Fusion | None:
    """Return the current merge of a fiche into another one."""
    query = select(Fusion).where(Fusion.doublon_id == doublon_id, Fusion.separee_le.is_(None))
    return db.session.scalar(query)


def list_directes(principale_id: int) -> list[int]:
    """Return the ids of the fiches that were merged into this one itself."""
    query = select(Fusion.doublon_id).where(
        Fusion.principale_id == principale_id, Fusion.separee_le.is_(None)
    )
    return list(db.session.scalars(query.order_by(Fusion.doublon_id)))


def list_sous(fiche_id: int, racine_id: int) -> set[int]:
    """Return the fiche and those merged into it, directly or not, of the group of `racine_id`."""
    groupe = select(Fiche.id).where(Fiche.reunie_a_id == racine_id)
    query = select(Fusion.doublon_id, Fusion.principale_id).where(
        Fusion.doublon_id.in_(groupe), Fusion.separee_le.is_(None)
    )
    doublons: defaultdict[int, set[int]] = defaultdict(set)
    for row in db.session.execute(query):
        doublons[row.principale_id].add(row.doublon_id)
    sous, restent = set[int](), [fiche_id]
    while restent:
        courante = restent.pop()
        if courante not in sous:
            sous.add(courante)
            restent.extend(doublons[courante])
    return sous


def count_groupes(*fiche_ids: int) -> int:
    """Return the number of fiches of these groups together."""
    query = select(func.count()).select_from(Fiche).where(Fiche.reunie_a_id.in_(fiche_ids))
    return len(fiche_ids) + (db.session.scalar(query) or 0)
