"""Queries on acteurs and their compétences."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Integer, Row, bindparam, select
from sqlalchemy.orm import joinedload, selectinload

from mse.annuaire.models import Acteur, Appartenance, Competence, Nature
from mse.comptes.models import Compte
from mse.extensions import db

# Built once: building a statement costs as much as reading its rows.
_PAR_ID = (
    select(Acteur)
    .where(Acteur.id.in_(bindparam("ids", expanding=True, type_=Integer)))
    .order_by(Acteur.tri, Acteur.id)
)
_ACTEUR = (
    select(Acteur)
    .where(Acteur.id == bindparam("acteur_id"))
    .options(
        joinedload(Acteur.territoire),
        joinedload(Acteur.commune),
        selectinload(Acteur.competences).options(
            joinedload(Competence.theme), joinedload(Competence.territoire)
        ),
        selectinload(Acteur.appartenances).joinedload(Appartenance.compte),
    )
)


def get_acteur(compte: Compte | None, acteur_id: int) -> Acteur | None:
    """Return an acteur with its compétences and its agents. Reading an acteur needs no permission."""
    return db.session.scalar(_ACTEUR, {"acteur_id": acteur_id})


def get_acteur_identique(valeurs: Mapping[str, Any]) -> Acteur | None:
    """Return an open acteur whose columns equal all of `valeurs`."""
    dits = (getattr(Acteur, nom).is_not_distinct_from(valeur) for nom, valeur in valeurs.items())
    return db.session.scalar(select(Acteur).where(Acteur.ferme_le.is_(None), *dits).limit(1))


def get_acteurs_par_siret(sirets: Collection[str], *, lock: bool = False) -> dict[str, Acteur]:
    """Return acteurs by SIRET. With `lock`, lock and reload the rows, before changing them."""
    query = select(Acteur).where(Acteur.siret.in_(sirets)).order_by(Acteur.id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return {acteur.siret: acteur for acteur in db.session.scalars(query) if acteur.siret}


def list_services() -> Sequence[Acteur]:
    """Return every open service."""
    return db.session.scalars(
        select(Acteur)
        .where(Acteur.nature != Nature.ORGANISME, Acteur.ferme_le.is_(None))
        .order_by(Acteur.tri, Acteur.id)
    ).all()


def list_acteurs_par_id(ids: Collection[int]) -> Sequence[Acteur]:
    """Return acteurs of any nature, sorted by name."""
    return db.session.scalars(_PAR_ID, {"ids": list(ids)}).all()


def list_noms_de_services() -> Sequence[Row[int, str]]:
    """Return ids and names of the open services, for a list of choices."""
    return db.session.execute(
        select(Acteur.id, Acteur.nom)
        .where(Acteur.nature != Nature.ORGANISME, Acteur.ferme_le.is_(None))
        .order_by(Acteur.tri, Acteur.id)
    ).all()


def lock_acteurs(ids: Collection[int]) -> Sequence[Acteur]:
    """Return the open acteurs among these, locked in share mode: none can close before the transaction ends.

    To close an acteur, `lock_acteur` takes the exclusive lock.
    """
    return db.session.scalars(
        select(Acteur)
        .where(Acteur.id.in_(ids), Acteur.ferme_le.is_(None))
        .order_by(Acteur.id)
        .with_for_update(read=True, key_share=True)
        .execution_options(populate_existing=True)
    ).all()


def get_competence(_compte: Compte | None, acteur_id: int, competence_id: int) -> Competence | None:
    """Return a compétence of this acteur, with the thème and territoire that its line shows."""
    return db.session.scalar(
        select(Competence)
        .where(Competence.id == competence_id, Competence.acteur_id == acteur_id)
        .options(
            joinedload(Competence.acteur), joinedload(Competence.theme), joinedload(Competence.territoire)
        )
    )


def lock_acteur(acteur: Acteur) -> None:
    """Lock the acteur until the end of the transaction.

    Its agents, compétences, promotions, its closing and new fiches addressed to it all need this lock.
    """
    db.session.execute(select(Acteur.id).where(Acteur.id == acteur.id).with_for_update())
    db.session.refresh(acteur, ["ferme_le", "version"])


def list_noms_d_acteurs() -> Sequence[Row[int, str, str | None]]:
    """Return ids, names and SIRET of every open acteur, to resolve the names found in a file."""
    return db.session.execute(
        select(Acteur.id, Acteur.nom, Acteur.siret).where(Acteur.ferme_le.is_(None)).order_by(Acteur.id)
    ).all()


def find_competence(acteur: Acteur, theme_code: str | None, territoire_code: str | None) -> Competence | None:
    """Find a compétence. The unique constraint misses duplicates with NULL («all»)."""
    return db.session.scalars(
        select(Competence).where(
            Competence.acteur_id == acteur.id,
            Competence.theme_code.is_not_distinct_from(theme_code),
            Competence.territoire_code.is_not_distinct_from(territoire_code),
        )
    ).first()
