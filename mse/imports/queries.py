"""Imports of the public list: the latest ones, the next one to run and the files in use."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import and_, exists, or_, select

from mse.comptes.models import Compte
from mse.extensions import db
from mse.imports.models import EtatImport, ImportOrganismes

DERNIERS = 10


def get_import(_compte: Compte | None, import_id: int) -> ImportOrganismes | None:
    return db.session.get(ImportOrganismes, import_id)


def list_imports() -> Sequence[ImportOrganismes]:
    query = select(ImportOrganismes).order_by(ImportOrganismes.id.desc())
    return db.session.scalars(query.limit(DERNIERS)).all()


def a_un_import_a_finir() -> bool:
    """True if an import is waiting or running."""
    restent = ImportOrganismes.etat.in_((EtatImport.ATTENTE, EtatImport.EN_COURS))
    return bool(db.session.scalar(select(exists().where(restent))))


def get_import_a_faire(*, abandonnes_avant: datetime) -> ImportOrganismes | None:
    """Lock and return the oldest import that waits, or whose worker has been silent since `abandonnes_avant`.

    Rows locked by another worker are skipped.
    """
    attend = ImportOrganismes.etat == EtatImport.ATTENTE
    abandonne = and_(ImportOrganismes.etat == EtatImport.EN_COURS, ImportOrganismes.vu_le < abandonnes_avant)
    query = select(ImportOrganismes).where(or_(attend, abandonne)).order_by(ImportOrganismes.id)
    return db.session.scalar(query.limit(1).with_for_update(skip_locked=True))


def list_fichiers_connus(noms: Collection[str]) -> set[str]:
    lignes = db.session.execute(
        select(ImportOrganismes.fichier, ImportOrganismes.rapport).where(
            or_(ImportOrganismes.fichier.in_(noms), ImportOrganismes.rapport.in_(noms))
        )
    )
    return {nom for ligne in lignes for nom in ligne if nom}
