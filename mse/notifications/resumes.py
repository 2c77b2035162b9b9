"""Digests: at the hour that a person has chosen, one mail with the news of the day or of the week."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import func, select, update

from mse.avis.queries import select_sans_avis
from mse.comptes.api import emettre_avis
from mse.comptes.models import DUREES, Compte, NatureJeton
from mse.core.clock import local_date, now, zone
from mse.core.database import upsert
from mse.core.text import _
from mse.core.use_cases import use_case
from mse.core.web import lien
from mse.extensions import db
from mse.fiches.models import Saisine
from mse.notifications.lecture import Entree, group_entrees, read_entree, select_notifications
from mse.notifications.mails import write_mail
from mse.notifications.models import HeureDeResume, Notification, Resume
from mse.notifications.reception import HEURE_PAR_DEFAUT, Rythme
from mse.representation.api import Lecteur, count_travaux

LUNDI = 0  # day of the weekly digest
PAR_RESUME = 100  # notifications; the mail says how many others are in the centre
_N = Notification


def envoyer_resumes() -> None:
    """Worker task: write the digests that are due, each in a transaction of its own."""
    for compte_id, echeance in _find_due():
        _write(compte_id, echeance)


def _find_due() -> list[tuple[int, datetime]]:
    """Return (compte id, hour) of the people whose digest is due: a notification has waited since before the
    hour that they chose."""
    heure = func.coalesce(HeureDeResume.heure, HEURE_PAR_DEFAUT)
    query = (
        select(_N.compte_id, heure, _N.rythme, func.min(_N.creee_le))
        .outerjoin(HeureDeResume, HeureDeResume.compte_id == _N.compte_id)
        .where(_N.a_resumer, _N.lue_le.is_(None))
        .group_by(_N.compte_id, heure, _N.rythme)
        .order_by(_N.compte_id)
    )
    dues = {}
    for compte_id, a, rythme, depuis in db.session.execute(query).all():
        echeance = last_hour(now(), a)
        if depuis < (echeance if rythme == Rythme.QUOTIDIEN else _last_monday(echeance)):
            dues[compte_id] = echeance
    return list(dues.items())


def last_hour(instant: datetime, heure: int) -> datetime:
    """Return the last time before `instant` that the clocks of the démarche showed this hour."""
    day = local_date(instant)
    while (echeance := _at(day, heure)) > instant:
        day -= timedelta(days=1)
    return echeance


def _last_monday(echeance: datetime) -> datetime:
    """Return the last weekly hour, at or before a daily one."""
    local = echeance.astimezone(zone())
    return _at(local.date() - timedelta(days=(local.weekday() - LUNDI) % 7), local.hour)


def _at(day: date, heure: int) -> datetime:
    return datetime.combine(day, time(heure), zone()).astimezone(now().tzinfo)


@use_case
def _write(compte_id: int, echeance: datetime) -> None:
    """Write the digest of one person. Its row and the mail are committed together: a crash loses or doubles
    nothing, and another worker finds the row."""
    row = upsert(Resume).values(compte_id=compte_id, jour=local_date(echeance), ecrit_le=now())
    if db.session.execute(row.on_conflict_do_nothing()).rowcount == 0:  # type: ignore[attr-defined]
        return
    compte = db.session.get_one(Compte, compte_id)
    attend = _N.compte_id == compte_id, _N.a_resumer, _N.lue_le.is_(None)
    hebdomadaires = (_N.rythme == Rythme.HEBDOMADAIRE) & (_N.creee_le >= _last_monday(echeance))
    query = select_notifications().where(*attend, ~hebdomadaires).order_by(_N.creee_le.desc(), _N.id.desc())
    notifications = db.session.scalars(query).all()
    entrees = [entree for une in notifications if (entree := read_entree(une, compte)).titre]
    ids = [une.id for une in notifications]
    db.session.execute(
        update(_N).where(_N.id.in_(ids)).values(a_resumer=False).execution_options(synchronize_session=False)
    )
    if entrees and compte.est_joignable and compte.courriel:
        premieres = entrees[:PAR_RESUME]
        liens = _issue_links(compte, premieres)
        fin = lien("notifications.fin_des_resumes_recue", jeton=sign(compte_id))
        write_mail(
            "resume",
            [compte.courriel],
            lien=lien("notifications.liste"),
            lien_texte=_("Tout voir sur le site"),
            desabonnements={compte.courriel: fin},
            expire_le=now() + DUREES[NatureJeton.AVIS] if liens else None,
            groupes=[
                _group(groupe)
                for groupe in group_entrees(replace(une, lien_avis=liens.get(une.id)) for une in premieres)
            ],
            nombre=len(entrees),
            attendent=count_travaux(compte).total,
            espace=lien("accueil.mon_espace"),
            autres=max(0, len(entrees) - PAR_RESUME),
            reglages=lien("notifications.reception"),
        )


def _issue_links(compte: Compte, entrees: Sequence[Entree]) -> dict[int, str]:
    """Issue a personal link for each answer that still awaits the verdict of this person, like the mail that
    is sent at once. Return the links by id of the newest entry that tells the answer. `entrees`: newest
    first."""
    lecteur = Lecteur.du_jour(compte)
    dites = {une.saisine_id: une.id for une in reversed(entrees) if une.saisine_id is not None}
    if not dites or not lecteur.roles.delegue_de:
        return {}
    query = select_sans_avis().where(Saisine.id.in_(dites))
    attendues = db.session.scalars(query, dict(lecteur.parameters)).all()
    return {dites[id]: lien("avis.recu", secret=emettre_avis(compte, id)) for id in attendues}


def _group(entrees: list[Any]) -> dict[str, Any]:
    page = entrees[0].chemin.partition("#")[0]
    return {"titre": entrees[0].titre, "lien": f"{current_app.config['MSE'].url}{page}", "entrees": entrees}


def sign(compte_id: int) -> str:
    """Return the token that stops the digests of one person, and does nothing else."""
    return str(_serializer().dumps(compte_id))


def read_token(jeton: str) -> int | None:
    try:
        return int(_serializer().loads(jeton))
    except (BadSignature, ValueError, TypeError):
        return None


def _serializer() -> URLSafeSerializer:
    config = current_app.config
    return URLSafeSerializer([*config["SECRET_KEY_FALLBACKS"], config["SECRET_KEY"]], salt="resume")
