"""Worker tasks: erase what trainees wrote on time, and say what waits."""

from sqlalchemy import ColumnElement, Delete, Update, and_, delete, or_, select, update

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
from mse.core.use_cases import record, use_case
from mse.extensions import db
from mse.fiches.api import Publication
from mse.fiches.models import Fiche


@use_case
def oublier_contributions() -> None:
    """Erase texts and marks of devices 30 days after filing; without filing, first names and marks 30 days
    after the end of the link, and the texts after a year. Run once an hour."""
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
    _execute(delete(Contribution).where(textes))
    prenoms = and_(Contribution.prenom.is_not(None), Contribution.fiche_id.in_(finies))
    _execute(update(Contribution).where(prenoms).values(prenom=None))
    _erase_marks(or_(Participant.fiche_id.in_(deposees), Participant.fiche_id.in_(finies)))


def _erase_marks(condition: ColumnElement[bool]) -> None:
    """Erase marks of devices. Their number stays, because the fiche may be filed later."""
    for fiche_id in db.session.scalars(select(Participant.fiche_id).where(condition).distinct()).all():
        classe = lock_classe_de(fiche_id)
        effaces = _execute(delete(Participant).where(Participant.fiche_id == fiche_id))
        if classe is not None:
            classe.participants_effaces += effaces


@use_case
def oublier_mots() -> None:
    """Delete words 30 days after they were read, and 90 days after they were left. Run once an hour."""
    le = now()
    _execute(delete(Mot).where(or_(Mot.lu_le < le - OUBLI_D_UN_MOT_LU, Mot.le < le - OUBLI_D_UN_MOT)))


def effacer_a_temps() -> None:
    """Worker task: keep nothing of trainees longer than promised."""
    oublier_contributions()
    oublier_mots()


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


def _execute(statement: Delete | Update) -> int:
    """Run the statement and return the number of rows that it has changed."""
    done = db.session.execute(statement.execution_options(synchronize_session=False))
    return int(done.rowcount)  # type: ignore[attr-defined]
