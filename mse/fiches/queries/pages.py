"""One fiche or saisine with everything that its page shows, in a bounded number of queries."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from mse.annuaire.models import Acteur, Appartenance, Commune, Territoire, Theme
from mse.comptes.models import Compte
from mse.extensions import db
from mse.fiches.models import Etape, Fiche, Saisine
from mse.fiches.policies import peut_ecrire, peut_lire
from mse.fiches.workflow import EN_DETAIL
from mse.representation.models import Promotion, designer
from mse.representation.policies import roles_de

# Queries of the initiatives linked to a fiche id: the capability above registers its own in `mse/app.py`.
INITIATIVES_DE: list[Callable[[int], Sequence[Any]]] = []
_PAGE = (
    joinedload(Fiche.theme),
    joinedload(Fiche.promotion).options(
        joinedload(Promotion.organisme).load_only(Acteur.nom),
        joinedload(Promotion.commune).load_only(Commune.nom),
    ),
)
_LIGNEE = joinedload(Fiche.territoire).joinedload(Territoire.parent).joinedload(Territoire.parent)
_BROUILLON = (
    select(Fiche)
    .where(Fiche.id == bindparam("fiche_id"))
    .options(
        _LIGNEE,
        joinedload(Fiche.theme),
        joinedload(Fiche.promotion).joinedload(Promotion.organisme),
        joinedload(Fiche.saisines),
    )
)
_Organisme = aliased(Acteur)
# Built once, for the most read page. A fiche has few saisines, so one query loads them too. Of the directory
# it loads five columns instead of five objects.
_LECTURE = (
    select(
        Fiche,
        Theme.libelle,
        Promotion.titre,
        Promotion.effectif,
        _Organisme.nom,
        Commune.nom,
    )
    .outerjoin(Theme, Theme.code == Fiche.theme_code)
    .join(Promotion, Promotion.id == Fiche.promotion_id)
    .join(_Organisme, _Organisme.id == Promotion.organisme_id)
    .join(Commune, Commune.code == Promotion.commune_code)
    .options(
        joinedload(Fiche.saisines).options(
            joinedload(Saisine.acteur).load_only(
                Acteur.nom, Acteur.nature, Acteur.ferme_le, Acteur.delai_reponse, raiseload=True
            ),
            joinedload(Saisine.demandes),
        )
    )
    .where(Fiche.id == bindparam("fiche_id"))
)
_SAISINE = (
    select(Saisine)
    .options(joinedload(Saisine.fiche, innerjoin=True).joinedload(Fiche.saisines))
    .where(Saisine.id == bindparam("saisine_id"), Saisine.fiche_id == bindparam("fiche_id"))
)
_E = Etape.__table__.c
_ETAPES = (
    select(
        *(_E.id, _E.saisine_id, _E.nature, _E.le, _E.acteur_id, _E.texte_html, _E.jours_ouvres),
        *(_E.masquee_motif, _E.nombre_pieces),
    )
    .where(_E.fiche_id == bindparam("fiche_id"))
    .order_by(_E.id)
)


@dataclass(frozen=True, kw_only=True)
class Lecture:
    """Data of the page of a fiche."""

    fiche: Fiche
    theme: str | None
    promotion: str  # its public name
    commune: str


def list_initiatives(fiche: Fiche) -> list[Any]:
    """Return the public initiatives linked to a fiche; no query if the fiche has none."""
    if not fiche.nombre_initiatives:
        return []
    return [initiative for query in INITIATIVES_DE for initiative in query(fiche.id)]


def get_lecture(compte: Compte | None, fiche_id: int, **_url: object) -> Lecture | None:
    """Return a fiche that `compte` may read, or a withdrawn one, because its address answers 410."""
    roles, query = roles_de(compte), _LECTURE
    if roles.est_animateur:  # the page shows which acteurs have no agent
        agents = selectinload(Acteur.appartenances).joinedload(Appartenance.compte)
        query = query.options(joinedload(Fiche.saisines).joinedload(Saisine.acteur).options(agents))
    if roles.agent_de or roles.delegue_de or roles.est_animateur:  # how the due date was computed
        query = query.options(joinedload(Fiche.saisines).selectinload(Saisine.echeances_remplacees))
    if roles.delegue_de:  # the page shows the verdict
        query = query.options(joinedload(Fiche.saisines).selectinload(Saisine.avis))
    row = db.session.execute(query, {"fiche_id": fiche_id}).unique().one_or_none()
    if row is None or not (peut_lire(compte, row[0]) or row[0].est_retiree):
        return None
    fiche, theme, titre, effectif, organisme, commune = row
    return Lecture(fiche=fiche, theme=theme, promotion=designer(titre, effectif, organisme), commune=commune)


def is_merged(fiche_id: int, principale: Fiche) -> bool:
    """True if the fiche is merged into `principale`."""
    query = select(Fiche.id).where(Fiche.id == fiche_id, Fiche.reunie_a_id == principale.id)
    return db.session.scalar(query) is not None


def get_fiche(compte: Compte | None, fiche_id: int, **_url: object) -> Fiche | None:
    """Return a fiche that `compte` may read."""
    fiche = db.session.scalar(select(Fiche).where(Fiche.id == fiche_id).options(*_PAGE, _LIGNEE))
    return fiche if fiche is not None and peut_lire(compte, fiche) else None


def list_etapes(fiche: Fiche) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return étapes of the fiche, oldest first, as rows: the page is read much more often than written."""
    return db.session.execute(_ETAPES, {"fiche_id": fiche.id}).all()


def list_tour(saisine: Saisine, etapes: Sequence[Row[*tuple[Any, ...]]]) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the last detailed answer of the saisine and the étapes after it; all of them if there is no
    answer."""
    lignes = [etape for etape in etapes if etape.saisine_id == saisine.id]
    reponses = [rang for rang, etape in enumerate(lignes) if etape.nature in EN_DETAIL]
    return lignes[reponses[-1] :] if reponses else lignes


def get_brouillon(compte: Compte | None, fiche_id: int, **_url: object) -> Fiche | None:
    """Return a fiche that `compte` may write. A filed one is returned too, for a second click."""
    fiche = db.session.scalars(_BROUILLON, {"fiche_id": fiche_id}).unique().one_or_none()
    return fiche if fiche is not None and peut_ecrire(compte, fiche) else None


def get_saisine(compte: Compte | None, fiche_id: int, saisine_id: int, **_url: object) -> Saisine | None:
    """Return a saisine of a fiche that `compte` may read, with the fiche's other saisines for the derived
    status.

    Verdicts, requests and directory data are loaded lazily, because few actions need them.
    """
    rows = db.session.scalars(_SAISINE, {"fiche_id": fiche_id, "saisine_id": saisine_id})
    saisine = rows.unique().one_or_none()
    return saisine if saisine is not None and peut_lire(compte, saisine.fiche) else None


def get_saisine_par_id(saisine_id: int | None) -> Saisine | None:
    """Return a saisine without access control, for a link that carries its own permission."""
    return db.session.get(Saisine, saisine_id) if saisine_id is not None else None


def get_derniere_etape(de: Saisine | Fiche) -> Etape | None:
    """Return the last étape of the saisine, or of the fiche with all its saisines."""
    siennes = Etape.saisine_id == de.id if isinstance(de, Saisine) else Etape.fiche_id == de.id
    return db.session.scalar(select(Etape).where(siennes).order_by(Etape.id.desc()).limit(1))


def get_etape(compte: Compte | None, fiche_id: int, etape_id: int) -> Etape | None:
    """Return an étape of a fiche that `compte` may read."""
    query = select(Etape).where(Etape.id == etape_id, Etape.fiche_id == fiche_id)
    etape = db.session.scalar(query.options(joinedload(Etape.fiche).options(*_PAGE)))
    return etape if etape is not None and peut_lire(compte, etape.fiche) else None
