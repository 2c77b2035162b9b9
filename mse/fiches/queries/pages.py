"""One fiche, one saisine, with all that its page shows, in a bounded number of queries."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from mse.annuaire.models import Acteur, Appartenance, Commune, Promotion
from mse.annuaire.policies import roles_de
from mse.comptes.models import Compte
from mse.core.database import is_state
from mse.extensions import db
from mse.fiches.models import Etape, Fiche, Saisine
from mse.fiches.policies import peut_ecrire, peut_lire
from mse.fiches.workflow import Publication, Statut

_PAGE = (
    joinedload(Fiche.theme),
    joinedload(Fiche.promotion).options(
        joinedload(Promotion.organisme).load_only(Acteur.nom),
        joinedload(Promotion.commune).load_only(Commune.nom),
    ),
)
_FICHE = (*_PAGE, joinedload(Fiche.territoire))
# Built once: the most read page. A fiche has few saisines, so one query brings them along.
_DETAIL = select(Fiche).options(
    *_PAGE, joinedload(Fiche.saisines).options(joinedload(Saisine.acteur), joinedload(Saisine.demandes))
)
_ETAPES = select(
    Etape.id, Etape.saisine_id, Etape.nature, Etape.le, Etape.texte_html, Etape.jours_ouvres
).order_by(Etape.id)


def get_fiche(compte: Compte | None, fiche_id: int, **_ignored: object) -> Fiche | None:
    """A fiche that `compte` may read, with its saisines."""
    roles, query = roles_de(compte), _DETAIL
    if roles.est_animateur:  # is told which acteur nobody works for
        agents = selectinload(Acteur.appartenances).joinedload(Appartenance.compte)
        query = query.options(joinedload(Fiche.saisines).joinedload(Saisine.acteur).options(agents))
    if roles.delegue_de:  # finds his verdict again
        query = query.options(joinedload(Fiche.saisines).selectinload(Saisine.avis))
    fiche = db.session.scalars(query.where(Fiche.id == fiche_id)).unique().one_or_none()
    return fiche if fiche is not None and peut_lire(compte, fiche) else None


def list_etapes(fiche: Fiche) -> Sequence[Row[*tuple[Any, ...]]]:
    """Its history, oldest line first; rows, for a page that is read much more than written."""
    return db.session.execute(_ETAPES.where(Etape.fiche_id == fiche.id)).all()


def get_fiche_ou_retiree(compte: Compte | None, fiche_id: int, **ignored: object) -> Fiche | None:
    """As `get_fiche`; a withdrawn one too, so that its address can say so (410)."""
    fiche = get_fiche(compte, fiche_id)
    if fiche is None:
        retiree = db.session.get(Fiche, fiche_id)
        return retiree if retiree is not None and retiree.publication == Publication.RETIREE else None
    return fiche


def get_brouillon(compte: Compte | None, fiche_id: int, **_url: object) -> Fiche | None:
    """A fiche that `compte` may write; once filed too, so that a second click finds it."""
    fiche = db.session.scalar(select(Fiche).where(Fiche.id == fiche_id).options(*_FICHE))
    return fiche if fiche is not None and peut_ecrire(compte, fiche) else None


def get_fiche_par_cle(cle: str) -> Fiche | None:
    return db.session.scalar(select(Fiche).where(Fiche.cle == cle))


def get_saisine(compte: Compte | None, fiche_id: int, saisine_id: int) -> Saisine | None:
    """A saisine of a fiche that `compte` may read, with what its forms show."""
    saisine = db.session.scalar(
        select(Saisine)
        .where(Saisine.id == saisine_id, Saisine.fiche_id == fiche_id)
        .join(Saisine.fiche)
        .options(
            contains_eager(Saisine.fiche).options(*_PAGE, selectinload(Fiche.saisines)),
            joinedload(Saisine.acteur),
            selectinload(Saisine.avis),
            selectinload(Saisine.demandes),
        )
    )
    return saisine if saisine is not None and peut_lire(compte, saisine.fiche) else None


_A_REMETTRE = 50  # rows shown at once of what a closing acteur hands over


def count_saisines_en_cours(acteur_id: int) -> int:
    """What it still owes an answer to, on public fiches."""
    total: Select[*tuple[Any, ...]] = select(func.count()).select_from(Saisine)
    return db.session.scalar(_en_cours(total, acteur_id)) or 0


def list_saisines_en_cours(acteur_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """The same, earliest due date first, 50 at most."""
    ligne: Select[*tuple[Any, ...]] = select(Saisine.id, Saisine.fiche_id, Saisine.reponse_due, Fiche.titre)
    query = _en_cours(ligne, acteur_id).order_by(Saisine.reponse_due, Saisine.id)
    return db.session.execute(query.limit(_A_REMETTRE)).all()


def _en_cours(query: Select[*tuple[Any, ...]], acteur_id: int) -> Select[*tuple[Any, ...]]:
    return query.join(Fiche, Fiche.id == Saisine.fiche_id).where(
        Saisine.acteur_id == acteur_id,
        is_state(Saisine.statut, Statut.EN_COURS),
        is_state(Fiche.publication, Publication.PUBLIEE),
    )


def get_derniere_etape(saisine: Saisine) -> Etape | None:
    return db.session.scalar(
        select(Etape).where(Etape.saisine_id == saisine.id).order_by(Etape.id.desc()).limit(1)
    )
