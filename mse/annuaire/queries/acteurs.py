"""One acteur, or those of given ids."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import joinedload, selectinload

from mse.annuaire.models import Acteur, Appartenance, Competence, Nature
from mse.comptes.models import Compte
from mse.extensions import db


def get_acteur(compte: Compte | None, acteur_id: int) -> Acteur | None:
    """With all that its page shows. Everybody may read any acteur."""
    return db.session.scalar(
        select(Acteur)
        .where(Acteur.id == acteur_id)
        .options(
            joinedload(Acteur.territoire),
            joinedload(Acteur.commune),
            selectinload(Acteur.competences).options(
                joinedload(Competence.theme), joinedload(Competence.territoire)
            ),
            selectinload(Acteur.appartenances).joinedload(Appartenance.compte),
        )
    )


def get_acteur_identique(valeurs: Mapping[str, Any]) -> Acteur | None:
    """One that is open and of which all that is said, by column."""
    dits = (getattr(Acteur, nom).is_not_distinct_from(valeur) for nom, valeur in valeurs.items())
    return db.session.scalar(select(Acteur).where(Acteur.ferme_le.is_(None), *dits).limit(1))


def get_acteurs_par_siret(sirets: Collection[str], *, lock: bool = False) -> dict[str, Acteur]:
    """`lock` before they are changed: whoever is correcting one right now is waited for."""
    query = select(Acteur).where(Acteur.siret.in_(sirets)).order_by(Acteur.id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return {acteur.siret: acteur for acteur in db.session.scalars(query) if acteur.siret}


def list_services() -> Sequence[Acteur]:
    """Every service still open: whom anybody may choose."""
    return db.session.scalars(
        select(Acteur)
        .where(Acteur.nature != Nature.ORGANISME, Acteur.ferme_le.is_(None))
        .order_by(Acteur.tri, Acteur.id)
    ).all()


def list_acteurs_par_id(ids: Collection[int]) -> Sequence[Acteur]:
    """Of any kind, by name."""
    return db.session.scalars(select(Acteur).where(Acteur.id.in_(ids)).order_by(Acteur.tri, Acteur.id)).all()


def list_noms_de_services() -> Sequence[Row[int, str]]:
    """Ids and names of what anybody may choose in a list."""
    return db.session.execute(
        select(Acteur.id, Acteur.nom)
        .where(Acteur.nature != Nature.ORGANISME, Acteur.ferme_le.is_(None))
        .order_by(Acteur.tri, Acteur.id)
    ).all()


def lock_acteurs(ids: Collection[int]) -> Sequence[Acteur]:
    """Those of them that are open, and stay so until the end of the transaction: they are being entrusted
    a fiche. Whoever closes one holds it alone (`lock_acteur`)."""
    return db.session.scalars(
        select(Acteur)
        .where(Acteur.id.in_(ids), Acteur.ferme_le.is_(None))
        .order_by(Acteur.id)
        .with_for_update(read=True, key_share=True)
        .execution_options(populate_existing=True)
    ).all()


def get_competence(_compte: Compte | None, acteur_id: int, competence_id: int) -> Competence | None:
    """Of this acteur, with the words of its line."""
    return db.session.scalar(
        select(Competence)
        .where(Competence.id == competence_id, Competence.acteur_id == acteur_id)
        .options(
            joinedload(Competence.acteur), joinedload(Competence.theme), joinedload(Competence.territoire)
        )
    )


def lock_acteur(acteur: Acteur) -> None:
    """Until the end of the transaction nobody else changes who works for it, what it answers for or its
    promotions, closes it, nor entrusts it a fiche."""
    db.session.execute(select(Acteur.id).where(Acteur.id == acteur.id).with_for_update())
    db.session.refresh(acteur, ["ferme_le", "version"])


def list_noms_d_acteurs() -> Sequence[Row[int, str, str | None]]:
    """Ids, names and SIRET of every acteur that is open: what a name in a file may mean."""
    return db.session.execute(
        select(Acteur.id, Acteur.nom, Acteur.siret).where(Acteur.ferme_le.is_(None)).order_by(Acteur.id)
    ).all()


def find_competence(acteur: Acteur, theme_code: str | None, territoire_code: str | None) -> Competence | None:
    """The unique key lets two «all» through: a NULL equals nothing."""
    return db.session.scalars(
        select(Competence).where(
            Competence.acteur_id == acteur.id,
            Competence.theme_code.is_not_distinct_from(theme_code),
            Competence.territoire_code.is_not_distinct_from(territoire_code),
        )
    ).first()
