"""Erase what trainees wrote on time, and say what waits (worker)."""

from sqlalchemy import ColumnElement, and_, delete, or_, select, update

from mse.classe.events import ContributionsEnAttente, MotsEnAttente
from mse.classe.models import ClasseDeFiche, Contribution, Mot, Participant
from mse.classe.queries.attentes import list_classes_en_attente, list_codes_en_attente
from mse.classe.queries.classes import lock_classe_de
from mse.classe.workflow import (
    OUBLI_APRES_DEPOT,
    OUBLI_D_UN_MOT,
    OUBLI_D_UN_MOT_LU,
    OUBLI_DES_PRENOMS,
    OUBLI_SANS_DEPOT,
)
from mse.core.clock import now
from mse.core.database import execute_bulk
from mse.core.use_cases import record, use_case
from mse.extensions import db
from mse.fiches.api import Publication
from mse.fiches.models import Fiche


@use_case
def oublier_contributions() -> int:
    """Erase texts and marks of devices 30 days after filing; without filing, first names and marks 30 days
    after the end of the link, and the texts after a year. Return the number of texts and first names."""
    le = now()
    deposees = select(ClasseDeFiche.fiche_id).join(Fiche, Fiche.id == ClasseDeFiche.fiche_id)
    deposees = deposees.where(
        Fiche.deposee_le < le - OUBLI_APRES_DEPOT, Fiche.publication != Publication.BROUILLON
    )
    finies = select(ClasseDeFiche.fiche_id).where(
        or_(
            ClasseDeFiche.expire_le < le - OUBLI_DES_PRENOMS,
            ClasseDeFiche.fermee_le < le - OUBLI_DES_PRENOMS,
        )
    )
    anciennes = select(ClasseDeFiche.fiche_id).where(ClasseDeFiche.expire_le < le - OUBLI_SANS_DEPOT)
    textes = or_(Contribution.fiche_id.in_(deposees), Contribution.fiche_id.in_(anciennes))
    effaces = execute_bulk(delete(Contribution).where(textes))
    prenoms = and_(Contribution.prenom.is_not(None), Contribution.fiche_id.in_(finies))
    effaces += execute_bulk(update(Contribution).where(prenoms).values(prenom=None))
    _erase_marks(or_(Participant.fiche_id.in_(deposees), Participant.fiche_id.in_(finies)))
    return effaces


def _erase_marks(condition: ColumnElement[bool]) -> None:
    """Erase marks of devices. Their number stays, because the fiche may be filed later."""
    for fiche_id in db.session.scalars(select(Participant.fiche_id).where(condition).distinct()).all():
        classe = lock_classe_de(fiche_id)
        effaces = execute_bulk(delete(Participant).where(Participant.fiche_id == fiche_id))
        if classe is not None:
            classe.participants_effaces += effaces


@use_case
def oublier_mots() -> int:
    """Delete words 30 days after they were read, and 90 days after they were left; return their number."""
    le = now()
    vieux = or_(Mot.lu_le < le - OUBLI_D_UN_MOT_LU, Mot.le < le - OUBLI_D_UN_MOT)
    return execute_bulk(delete(Mot).where(vieux))


@use_case
def annoncer_attentes() -> None:
    """Record that contributions or words have waited for the delegates, at most once a day for each draft and
    promotion. Run every ten minutes."""
    le = now()
    for classe in list_classes_en_attente(le=le):
        classe.annoncee_le = le
        record(ContributionsEnAttente(fiche_id=classe.fiche_id, par_id=None))
    for code in list_codes_en_attente(le=le):
        code.annonce_le = le
        record(MotsEnAttente(promotion_id=code.promotion_id, par_id=None))
