"""One acteur, one promotion, or those of given ids."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, exists, select
from sqlalchemy.orm import joinedload, selectinload

from mse.annuaire.models import Acteur, Appartenance, Competence, Nature, Promotion
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


def get_promotion(promotion_id: int) -> Promotion | None:
    return db.session.get(Promotion, promotion_id, options=[joinedload(Promotion.organisme)])


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
    a fiche. Whoever closes one holds it alone (`use_cases.droits.lock`)."""
    return db.session.scalars(
        select(Acteur)
        .where(Acteur.id.in_(ids), Acteur.ferme_le.is_(None))
        .order_by(Acteur.id)
        .with_for_update(read=True, key_share=True)
        .execution_options(populate_existing=True)
    ).all()


def list_promotions(ids: Collection[int]) -> Sequence[Promotion]:
    return db.session.scalars(
        select(Promotion)
        .where(Promotion.id.in_(ids))
        .options(joinedload(Promotion.organisme), joinedload(Promotion.commune))
        .order_by(Promotion.debut.desc(), Promotion.id.desc())
    ).all()


def has_promotions(acteur: Acteur) -> bool:
    query = select(exists().where(Promotion.organisme_id == acteur.id))
    return bool(db.session.scalar(query))


def get_competence(_compte: Compte | None, acteur_id: int, competence_id: int) -> Competence | None:
    """Of this acteur, with the words of its line."""
    return db.session.scalar(
        select(Competence)
        .where(Competence.id == competence_id, Competence.acteur_id == acteur_id)
        .options(
            joinedload(Competence.acteur), joinedload(Competence.theme), joinedload(Competence.territoire)
        )
    )


def list_noms_d_acteurs() -> Sequence[Row[int, str, str | None]]:
    """Ids, names and SIRET of every acteur that is open: what a name in a file may mean."""
    return db.session.execute(
        select(Acteur.id, Acteur.nom, Acteur.siret).where(Acteur.ferme_le.is_(None)).order_by(Acteur.id)
    ).all()


def list_promotions_ouvertes(*, le: date, organismes: Collection[int] | None = None) -> Sequence[Promotion]:
    """Those not ended on that day; of some organismes, or of all."""
    query = select(Promotion).where(Promotion.fin >= le).options(joinedload(Promotion.organisme))
    if organismes is not None:
        query = query.where(Promotion.organisme_id.in_(organismes))
    return db.session.scalars(query.order_by(Promotion.id)).all()


def list_promotions_debutant(organisme: Acteur, commune_code: str, *, le: date) -> Sequence[Promotion]:
    """Those that begin that day in that commune."""
    return db.session.scalars(
        select(Promotion)
        .where(
            Promotion.organisme_id == organisme.id,
            Promotion.commune_code == commune_code,
            Promotion.debut == le,
        )
        .order_by(Promotion.id)
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
