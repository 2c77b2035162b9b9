"""The loads of the public list: the last ones, the one to be done, the files they name."""

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


def has_import_a_finir() -> bool:
    """One waits, or is being done."""
    restent = ImportOrganismes.etat.in_((EtatImport.ATTENTE, EtatImport.EN_COURS))
    return bool(db.session.scalar(select(exists().where(restent))))


def get_import_a_faire(*, abandonnes_avant: datetime) -> ImportOrganismes | None:
    """The oldest that waits, or that no worker has touched since that instant. Two workers take two."""
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
