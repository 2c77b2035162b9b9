"""One repère with what its page shows, and what waits for a person."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Boolean, Date, Integer, Row, Select, bindparam, func, or_, select
from sqlalchemy.orm import joinedload

from mse.annuaire.models import Acteur
from mse.comptes.models import Compte
from mse.core.database import is_state
from mse.core.registry import ROWS_MAX
from mse.extensions import db
from mse.fiches.api import EN_DETAIL, Publication
from mse.fiches.models import Etape, Fiche, Saisine
from mse.reperes.limites import FICHES_MAX
from mse.reperes.models import Repere, RepereFiche, VersionRepere
from mse.reperes.policies import peut_lire
from mse.reperes.workflow import StatutRepere
from mse.representation.api import Lecteur

VERSIONS_MAX = 30  # past versions on a page
_PROPOSEES = 20
Lignes = Sequence[Row[*tuple[Any, ...]]]


def get_repere(compte: Compte | None, repere_id: int, **_url: object) -> Repere | None:
    """Return a repère that `compte` may read."""
    query = select(Repere).where(Repere.id == repere_id)
    repere = db.session.scalar(
        query.options(joinedload(Repere.acteur), joinedload(Repere.remplace_par).load_only(Repere.titre))
    )
    return repere if repere is not None and peut_lire(compte, repere) else None


def list_versions(repere: Repere) -> Sequence[VersionRepere]:
    """Return the past versions, newest first; no query if there is none."""
    if repere.numero == 1:
        return []
    query = select(VersionRepere).where(VersionRepere.repere_id == repere.id)
    return db.session.scalars(query.order_by(VersionRepere.numero.desc()).limit(VERSIONS_MAX)).all()


def list_fiches_liees(repere_id: int) -> Lignes:
    """Return the public fiches of a repère as (id, titre, etape_id): the one that it comes from first."""
    query = (
        select(Fiche.id, Fiche.titre, RepereFiche.etape_id, Etape.saisine_id)
        .join(RepereFiche, RepereFiche.fiche_id == Fiche.id)
        .outerjoin(Etape, Etape.id == RepereFiche.etape_id)
        .where(RepereFiche.repere_id == repere_id, is_state(Fiche.publication, Publication.PUBLIEE))
        .order_by(RepereFiche.etape_id.is_(None), RepereFiche.lie_le, Fiche.id)
    )
    return db.session.execute(query.limit(FICHES_MAX)).all()


def get_reponse(saisine: Saisine) -> Etape | None:
    """Return the last detailed answer of the owner, unless its text is masked."""
    query = select(Etape).where(Etape.saisine_id == saisine.id, Etape.nature.in_(sorted(EN_DETAIL)))
    etape = db.session.scalar(query.order_by(Etape.id.desc()).limit(1))
    return etape if etape is not None and etape.masquee_le is None and etape.texte else None


def get_repere_tire(etape_id: int) -> Repere | None:
    """Return the draft or published repère that comes from this answer."""
    query = select(Repere).join(RepereFiche, RepereFiche.repere_id == Repere.id)
    vivants = (StatutRepere.BROUILLON, StatutRepere.PUBLIE)
    return db.session.scalar(
        query.where(RepereFiche.etape_id == etape_id, Repere.statut.in_(vivants)).limit(1)
    )


def _select_siens(statut: StatutRepere) -> Select[*tuple[Any, ...]]:
    """Select (item, repère) of those that the reader holds, for the registry."""
    query: Select[*tuple[Any, ...]] = select(Repere.id, Repere.id.label("repere_id"))
    de_l_association = Repere.acteur_id.is_(None) & bindparam("animateur", type_=Boolean)
    siens = or_(Repere.acteur_id.in_(bindparam("acteurs", expanding=True, type_=Integer)), de_l_association)
    return query.where(is_state(Repere.statut, statut), siens)


def select_a_revoir() -> Select[*tuple[Any, ...]]:
    return _select_siens(StatutRepere.PUBLIE).where(Repere.a_revoir_le <= bindparam("le", type_=Date))


def list_a_revoir(lecteur: Lecteur) -> Lignes:
    query = select_a_revoir().add_columns(Repere.titre, Repere.a_revoir_le, Acteur.nom.label("acteur"))
    query = query.outerjoin(Acteur, Acteur.id == Repere.acteur_id)
    query = query.order_by(Repere.a_revoir_le, Repere.id).limit(ROWS_MAX)
    return db.session.execute(query, dict(lecteur.parameters)).all()


def select_brouillons() -> Select[*tuple[Any, ...]]:
    return _select_siens(StatutRepere.BROUILLON)


def list_brouillons(lecteur: Lecteur) -> Lignes:
    query = select_brouillons().add_columns(Repere.titre, Repere.cree_le)
    return db.session.execute(
        query.order_by(Repere.id.desc()).limit(ROWS_MAX), dict(lecteur.parameters)
    ).all()


def count_liens(repere_id: int) -> int:
    query = select(func.count()).select_from(RepereFiche).where(RepereFiche.repere_id == repere_id)
    return db.session.scalar(query) or 0
