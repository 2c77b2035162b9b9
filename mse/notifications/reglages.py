"""Use cases of the notification centre and of the reception preferences."""

from collections.abc import Mapping
from datetime import timedelta

from flask import current_app
from sqlalchemy import delete, select, update

from mse.comptes.models import Compte
from mse.core.clock import now
from mse.core.database import execute_bulk, upsert
from mse.core.use_cases import use_case
from mse.extensions import db
from mse.notifications.models import HeureDeResume, Notification, Reception, Resume
from mse.notifications.reception import HEURE_PAR_DEFAUT, RESUMES, Famille, Rythme, rythme_par_defaut

_N = Notification


@use_case
def lire(notification: Notification) -> None:
    """Mark as read."""
    notification.lue_le = notification.lue_le or now()


@use_case
def tout_lire(*, par: Compte) -> None:
    siennes = update(_N).where(_N.compte_id == par.id, _N.lue_le.is_(None)).values(lue_le=now())
    db.session.execute(siennes.execution_options(synchronize_session=False))


@use_case
def choisir_reception(rythmes: Mapping[Famille, Rythme], heure: int, *, par: Compte) -> None:
    """Store the preferences. Notifications that wait for a digest follow them."""
    for famille, rythme in rythmes.items():
        row = upsert(Reception).values(compte_id=par.id, famille=famille, rythme=rythme)
        nouveau = {"rythme": row.excluded.rythme}
        db.session.execute(row.on_conflict_do_update(index_elements=["compte_id", "famille"], set_=nouveau))
        attend = _N.compte_id == par.id, _N.famille == famille, _N.a_resumer
        suite = {"rythme": rythme, "a_resumer": rythme in RESUMES}
        db.session.execute(
            update(_N).where(*attend).values(suite).execution_options(synchronize_session=False)
        )
    heures = upsert(HeureDeResume).values(compte_id=par.id, heure=heure)
    nouvelle = {"heure": heures.excluded.heure}
    db.session.execute(heures.on_conflict_do_update(index_elements=["compte_id"], set_=nouvelle))


@use_case
def arreter_resumes(compte_id: int) -> None:
    """Stop the digests: the families of the digests are shown in the centre only. Mails sent at once
    continue."""
    choisis = read_reception(compte_id)
    for famille, rythme in choisis.items():
        if rythme in RESUMES:
            row = upsert(Reception).values(compte_id=compte_id, famille=famille, rythme=Rythme.JAMAIS)
            nouveau = {"rythme": row.excluded.rythme}
            db.session.execute(
                row.on_conflict_do_update(index_elements=["compte_id", "famille"], set_=nouveau)
            )
    attend = update(_N).where(_N.compte_id == compte_id, _N.a_resumer).values(a_resumer=False)
    db.session.execute(attend.execution_options(synchronize_session=False))


def read_reception(compte_id: int) -> dict[Famille, Rythme]:
    """Return how often a person is told of each family."""
    rythmes = {famille: rythme_par_defaut(famille) for famille in Famille}
    query = select(Reception.famille, Reception.rythme).where(Reception.compte_id == compte_id)
    rythmes.update({row.famille: row.rythme for row in db.session.execute(query)})
    return rythmes


def read_heure(compte_id: int) -> int:
    choisie = db.session.get(HeureDeResume, compte_id)
    return choisie.heure if choisie is not None else HEURE_PAR_DEFAUT


@use_case
def oublier_notifications() -> int:
    """Delete the old notifications, and the record of old digests; return the number of notifications."""
    limite = now() - timedelta(days=30 * current_app.config["MSE"].notifications_mois)
    execute_bulk(delete(Resume).where(Resume.ecrit_le < limite))
    return execute_bulk(delete(_N).where(_N.creee_le < limite))
