"""Queries on confidential reports."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, exists, or_, select, text
from sqlalchemy.orm import joinedload, selectinload

from mse.comptes.models import Compte
from mse.confidentiel.models import (
    A_LIRE,
    Confidence,
    LectureConfidentielle,
    MessageConfidentiel,
)
from mse.confidentiel.policies import est_auteur, est_referent
from mse.confidentiel.workflow import Acte
from mse.extensions import db

_PAGE = 100  # rows of one list
_OUBLIES = 100  # reports deleted in one run


def _with_thread() -> Select[Confidence]:
    return select(Confidence).options(
        joinedload(Confidence.auteur),
        selectinload(Confidence.messages).joinedload(MessageConfidentiel.lecteur),
        selectinload(Confidence.lectures).joinedload(LectureConfidentielle.compte),
    )


def get_signalement(compte: Compte | None, signalement_id: int) -> Confidence | None:
    """Return the report to a référent; for anybody else it does not exist."""
    if not est_referent(compte):
        return None
    return db.session.scalar(_with_thread().where(Confidence.id == signalement_id))


def get_a_traiter(compte: Compte | None, signalement_id: int, action: str) -> Confidence | None:
    """Return the report to a référent who wants to do this act."""
    return get_signalement(compte, signalement_id) if action in set(Acte) else None


def get_sien(compte: Compte | None, signalement_id: int) -> Confidence | None:
    """Return the report to the person who wrote it while signed in."""
    signalement = db.session.scalar(_with_thread().where(Confidence.id == signalement_id))
    return signalement if signalement is not None and est_auteur(compte, signalement) else None


def get_par_code(code_hash: str) -> Confidence | None:
    """Return the report without an account that this code opens."""
    return db.session.scalar(
        _with_thread().where(Confidence.code_hash == code_hash, Confidence.auteur_id.is_(None))
    )


def get_envoye(code_hash: str) -> Confidence | None:
    """Return the report that the same form created."""
    return db.session.scalar(select(Confidence).where(Confidence.code_hash == code_hash))


def get_queue(compte: Compte | None) -> list[Sequence[Confidence]] | None:
    """Return the queue of a référent, without any text: what waits, what waits among many from one address,
    what is followed, what is closed. None for anybody else."""
    if not est_referent(compte):
        return None
    clos, attend = Confidence.clos_le.is_not(None), text(A_LIRE)
    ordre = (
        Confidence.mineur.desc(),
        Confidence.attend_depuis,
        Confidence.id,
    )
    return [
        _list(attend, Confidence.en_nombre.is_(False), ordre=ordre),
        _list(attend, Confidence.en_nombre.is_(True), ordre=ordre),
        _list(Confidence.attend_depuis.is_(None), ~clos, ordre=(Confidence.id,)),
        _list(clos, ordre=(Confidence.clos_le.desc(), Confidence.id.desc())),
    ]


def _list(*ou: Any, ordre: tuple[Any, ...]) -> Sequence[Confidence]:
    query = select(Confidence)
    return db.session.scalars(query.where(*ou).order_by(*ordre).limit(_PAGE)).all()


def list_siens(compte: Compte | None) -> Sequence[Confidence]:
    """Return the reports that this person wrote while signed in, newest first."""
    if compte is None:
        return []
    query = select(Confidence).where(Confidence.auteur_id == compte.id)
    return db.session.scalars(query.order_by(Confidence.id.desc()).limit(_PAGE)).all()


def a_ouvert(compte: Compte, signalement: Confidence, jour: date) -> bool:
    """True if this référent opened the report on that day."""
    return any(une.compte_id == compte.id and une.jour == jour for une in signalement.lectures)


def select_a_lire() -> Select[*tuple[Any, ...]]:
    """Select the reports that wait for a reader: (report, report) for the registry."""
    query: Select[*tuple[Any, ...]] = select(Confidence.id, Confidence.id.label("objet_id"))
    return query.where(text(A_LIRE))


def get_equipe(_compte: Compte | None, compte_id: int) -> Compte | None:
    """Return an open account of the team."""
    personne = db.session.get(Compte, compte_id)
    return personne if personne is not None and personne.est_ouvert and personne.est_equipe else None


def list_equipe() -> Sequence[Compte]:
    """Return the open accounts of the team."""
    query = select(Compte).where(
        or_(Compte.est_animateur, Compte.est_administrateur), Compte.ferme_le.is_(None)
    )
    return db.session.scalars(query.order_by(Compte.tri, Compte.id).limit(_PAGE)).all()


def has_referent() -> bool:
    """True if somebody reads the reports."""
    query = select(Compte.id).where(
        Compte.est_referent_confidentiel,
        or_(Compte.est_animateur, Compte.est_administrateur),
        Compte.ferme_le.is_(None),
    )
    return bool(db.session.scalar(select(exists(query))))


def list_adresses_referents() -> Sequence[str]:
    """Return the verified addresses of the référents."""
    query = select(Compte).where(Compte.est_referent_confidentiel, Compte.ferme_le.is_(None)).limit(_PAGE)
    comptes = [
        compte for compte in db.session.scalars(query) if est_referent(compte) and compte.est_joignable
    ]
    return [compte.courriel for compte in comptes if compte.courriel]


def list_a_oublier(avant: datetime) -> Sequence[int]:
    """Return the reports closed before this instant, at most 100."""
    query = select(Confidence.id).where(Confidence.clos_le < avant)
    return db.session.scalars(query.order_by(Confidence.clos_le).limit(_OUBLIES)).all()
