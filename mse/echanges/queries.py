"""Queries: one thread as one person reads it, internal notes, unread threads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import CTE, Integer, Row, Select, bindparam, exists, or_, select, text, union_all
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from mse.annuaire.models import Acteur
from mse.annuaire.queries import is_urgent
from mse.comptes.models import Compte
from mse.core.clock import midnight
from mse.core.registry import ROWS_MAX
from mse.core.text import _
from mse.echanges.limites import PAR_PAGE
from mse.echanges.models import A_EXAMINER, Fil, LectureFil, Message, Note, PieceMessage
from mse.echanges.policies import (
    acteurs_des_notes,
    lit_jusqu_au,
    peut_lire_message,
    peut_lire_piece_de_message,
    peut_masquer_message,
)
from mse.extensions import db
from mse.fiches.models import Fiche, Saisine
from mse.fiches.policies import peut_traiter
from mse.representation.api import Lecteur
from mse.representation.models import Promotion

_NOTES = 100
_OUBLIEES = 100  # saisines forgotten in one run


@dataclass(frozen=True, kw_only=True)
class Ligne:
    """A message as the reader sees it. `de`: who speaks. `lectures`: who of the other side has read it and
    when, for the last message of the reader's side."""

    message: Message
    de: str
    est_recu: bool
    lectures: Sequence[tuple[str, datetime]]


@dataclass(frozen=True, kw_only=True)
class PageFil:
    """A page of a thread, oldest message first. `avant`: id that leads to the older page. `recu`: the last
    message of the other side if the reader has not read it yet."""

    lignes: Sequence[Ligne]
    avant: int | None
    recu: int | None


def read_page(saisine: Saisine, compte: Compte, *, avant: int | None = None) -> PageFil:
    """Return a page of the thread as `compte` may read it.

    Delegates read the name of the acteur, never that of its agents. Agents read the first names of the
    delegates and of their colleagues.
    """
    trouves = _list_messages(saisine, compte, avant)
    messages = trouves[:PAR_PAGE][::-1]
    agent = peut_traiter(compte, saisine)
    recus = [message.id for message in messages if (message.acteur_id is None) == agent]
    envoyes = [message.id for message in messages if (message.acteur_id is None) != agent]
    lectures = _list_lectures(saisine, des_delegues=agent) if envoyes and avant is None else []
    lignes = [
        Ligne(
            message=message,
            est_recu=message.id in recus,
            de=_nommer(message.auteur, message.acteur, agent=agent, saisine=saisine),
            lectures=_dire_lectures(lectures, message) if message.id in envoyes[-1:] else [],
        )
        for message in messages
    ]
    return PageFil(
        lignes=lignes,
        avant=messages[0].id if len(trouves) > PAR_PAGE else None,
        recu=_find_non_lu(saisine, compte, recus),
    )


def _list_messages(saisine: Saisine, compte: Compte, avant: int | None) -> Sequence[Message]:
    """The newest messages first, one more than a page. A former delegate reads those of the mandat only."""
    query = select(Message).where(Message.saisine_id == saisine.id)
    if avant is not None:
        query = query.where(Message.id < avant)
    if (fin := lit_jusqu_au(compte, saisine)) is not None:
        query = query.where(Message.le < midnight(fin + timedelta(days=1)))
    avec = (joinedload(Message.auteur), joinedload(Message.acteur), selectinload(Message.pieces))
    query = query.options(*avec).order_by(Message.id.desc()).limit(PAR_PAGE + 1)
    return db.session.scalars(query).all()


def _list_lectures(saisine: Saisine, *, des_delegues: bool) -> Sequence[LectureFil]:
    """Who of one side has read the thread, first reader first."""
    cote = LectureFil.acteur_id.is_(None) if des_delegues else LectureFil.acteur_id.is_not(None)
    query = select(LectureFil).where(LectureFil.saisine_id == saisine.id, cote)
    avec = (joinedload(LectureFil.compte), joinedload(LectureFil.acteur))
    return db.session.scalars(query.options(*avec).order_by(LectureFil.lu_le)).all()


def _dire_lectures(lectures: Sequence[LectureFil], message: Message) -> list[tuple[str, datetime]]:
    """The readers of the message, each name with its first reading: an acteur has many agents."""
    lus: dict[str, datetime] = {}
    for lecture in lectures:
        if lecture.message_id >= message.id:
            acteur, prenom = lecture.acteur, lecture.compte.prenom
            nom = acteur.nom if acteur else _("%(prenom)s, délégué·e", prenom=prenom)
            lus.setdefault(nom, lecture.lu_le)
    return list(lus.items())


def _nommer(auteur: Compte, acteur: Acteur | None, *, agent: bool, saisine: Saisine) -> str:
    if acteur is None:
        return _("%(prenom)s, délégué·e", prenom=auteur.prenom) if agent else auteur.prenom
    if agent and acteur.id == saisine.acteur_id:
        return _("%(prenom)s, votre équipe", prenom=auteur.prenom)
    return acteur.nom


def _find_non_lu(saisine: Saisine, compte: Compte, recus: Sequence[int]) -> int | None:
    """Return the last received message if the person has not read it. A former delegate has none, because his
    reading is not recorded."""
    if not recus or lit_jusqu_au(compte, saisine) is not None:
        return None
    lecture = db.session.get(LectureFil, (saisine.id, compte.id))
    return recus[-1] if lecture is None or lecture.message_id < recus[-1] else None


def get_message_par_cle(cle: str) -> Message | None:
    return db.session.scalar(select(Message).where(Message.cle == cle))


def get_message(compte: Compte | None, fiche_id: int, saisine_id: int, message_id: int) -> Message | None:
    """Return a message that `compte` may read, or may mask because it is reported."""
    message = db.session.scalar(
        select(Message)
        .join(Message.saisine)
        .options(contains_eager(Message.saisine), joinedload(Message.acteur))
        .where(Message.id == message_id, Saisine.id == saisine_id, Saisine.fiche_id == fiche_id)
    )
    if message is None or not (peut_lire_message(compte, message) or peut_masquer_message(compte, message)):
        return None
    return message


def get_piece_message(
    compte: Compte | None, fiche_id: int, saisine_id: int, piece_id: int
) -> PieceMessage | None:
    """Return a file of a message that `compte` may read."""
    piece = db.session.scalar(
        select(PieceMessage)
        .join(PieceMessage.message)
        .join(Message.saisine)
        .options(contains_eager(PieceMessage.message).contains_eager(Message.saisine))
        .where(PieceMessage.id == piece_id, Saisine.id == saisine_id, Saisine.fiche_id == fiche_id)
    )
    return piece if piece is not None and peut_lire_piece_de_message(compte, piece) else None


@cache
def _find_non_lus() -> CTE:
    """Find the threads whose last message the person has not read. Both tables are read by their indexes
    alone, once: a thread that is read stays addressed to the acteur, so that there are many. Without
    MATERIALIZED PostgreSQL reads all messages of the instance."""
    lus = select(LectureFil.message_id).where(LectureFil.compte_id == bindparam("compte", type_=Integer))
    colonnes = Fil.saisine_id, Fil.dernier_id, Fil.acteur_id.is_not(None).label("des_delegues")
    query = union_all(  # a thread is addressed to one side only; SQLite scans the table for an OR
        *(
            select(*colonnes).where(
                cote.in_(bindparam(name, expanding=True, type_=Integer)), Fil.dernier_id.not_in(lus)
            )
            for cote, name in ((Fil.acteur_id, "acteurs"), (Fil.promotion_id, "delegue_de"))
        )
    )
    return query.cte("fils_non_lus").prefix_with("MATERIALIZED")


def select_fils_non_lus() -> Select[*tuple[Any, ...]]:
    """Select the threads whose last message is addressed to the person's acteurs, or to the delegates of the
    person's promotions, and unread by the person: (saisine, fiche) for the registry."""
    fils = _find_non_lus()
    query: Select[*tuple[Any, ...]] = select(fils.c.saisine_id, Saisine.fiche_id)
    return query.join(Saisine, Saisine.id == fils.c.saisine_id).where(Saisine.est_publique)


def list_fils_non_lus(lecteur: Lecteur) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the first unread threads, oldest message first."""
    fils = _find_non_lus()
    le = select(Message.le).where(Message.id == fils.c.dernier_id).correlate(fils).scalar_subquery()
    query = (
        select_fils_non_lus()
        .add_columns(Fiche.titre, le.label("le"), fils.c.des_delegues, Acteur.nom.label("acteur"))
        .join(Fiche, Fiche.id == Saisine.fiche_id)
        .join(Acteur, Acteur.id == Saisine.acteur_id)
        .order_by(fils.c.dernier_id)
        .limit(ROWS_MAX)
    )
    return db.session.execute(query, dict(lecteur.parameters)).all()


def select_a_examiner() -> Select[*tuple[Any, ...]]:
    """Select the reported messages that an animateur has to mask or to leave: (message, fiche) for the
    registry."""
    query: Select[*tuple[Any, ...]] = select(Message.id, Saisine.fiche_id)
    return query.join(Saisine, Saisine.id == Message.saisine_id).where(text(A_EXAMINER))


def list_a_examiner(lecteur: Lecteur) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the first reports, urgent thèmes first, then in the order of reporting. The text of a message is
    read on its own page only."""
    query = (
        select_a_examiner()
        .add_columns(
            Message.saisine_id,
            Message.signale_le.label("depuis"),
            Fiche.titre,
            Fiche.theme_code,
            Promotion.titre.label("promotion"),
            Acteur.nom.label("acteur"),
        )
        .join(Fiche, Fiche.id == Saisine.fiche_id)
        .join(Promotion, Promotion.id == Fiche.promotion_id)
        .join(Acteur, Acteur.id == Saisine.acteur_id)
        .order_by(is_urgent(Fiche.theme_code).desc(), Message.signale_le, Message.id)
        .limit(ROWS_MAX)
    )
    return db.session.execute(query, dict(lecteur.parameters)).all()


def list_notes(saisine: Saisine, compte: Compte) -> Sequence[Note]:
    """The notes that `compte` may read, newest first, at most 100."""
    query = select(Note).where(
        Note.saisine_id == saisine.id, Note.acteur_id.in_(acteurs_des_notes(compte, saisine))
    )
    query = query.options(joinedload(Note.auteur)).order_by(Note.id.desc()).limit(_NOTES)
    return db.session.scalars(query).all()


def get_note_par_cle(cle: str) -> Note | None:
    return db.session.scalar(select(Note).where(Note.cle == cle))


def list_saisines_a_oublier(avant: datetime) -> Sequence[int]:
    """Return the saisines with messages or notes that were closed before this instant, at most 100."""
    siens = or_(exists().where(Fil.saisine_id == Saisine.id), exists().where(Note.saisine_id == Saisine.id))
    query = select(Saisine.id).where(Saisine.traitee_le < avant, siens)
    return db.session.scalars(query.order_by(Saisine.id).limit(_OUBLIEES)).all()
