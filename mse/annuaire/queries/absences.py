"""Absences, and the people who get the mails of an acteur."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Date, Integer, Select, bindparam, select
from sqlalchemy.orm import joinedload

from mse.annuaire.models import Absence, Acteur, Appartenance
from mse.annuaire.queries.personnes import not_ended
from mse.comptes.models import Compte
from mse.comptes.queries import joignable
from mse.extensions import db

_A_VENIR_MAX = 20  # absences shown on a page


@dataclass
class Destinataires:
    """Who gets the mails of an acteur on a day. Both dicts: id of the compte → address, in the order of
    arrival at the acteur. `referents` get the mails that concern référents only."""

    agents: dict[int, str] = field(default_factory=dict)
    referents: dict[int, str] = field(default_factory=dict)


def list_destinataires(acteurs: Collection[int], *, le: date) -> dict[int, Destinataires]:
    """Return, by acteur, who gets its mails: the current agents with a verified address. A substitute
    replaces an absent agent; if no substitute can be reached, the absent agent gets the mails."""
    rows = db.session.execute(
        select(Appartenance.acteur_id, Appartenance.compte_id, Appartenance.est_referent, Compte.courriel)
        .join(Compte, Compte.id == Appartenance.compte_id)
        .where(Appartenance.acteur_id.in_(acteurs), Appartenance.debut <= le, not_ended(le), *joignable())
        .order_by(Appartenance.id)
    ).all()
    absences = _list_absents(acteurs, le=le)
    destinataires = {acteur_id: Destinataires() for acteur_id in acteurs}
    for acteur_id, siens in destinataires.items():
        adresses = {row.compte_id: row.courriel for row in rows if row.acteur_id == acteur_id}
        remplacees = absences.get(acteur_id, {})
        for row in rows:
            if row.acteur_id == acteur_id:
                qui = _find_presents(row.compte_id, remplacees, adresses)
                siens.agents.update({compte_id: adresses[compte_id] for compte_id in qui})
                if row.est_referent:
                    siens.referents.update({compte_id: adresses[compte_id] for compte_id in qui})
    return destinataires


def _find_presents(compte_id: int, absences: dict[int, Absence], joignables: Collection[int]) -> set[int]:
    """Return the comptes that get the mails of `compte_id`: the substitute (or the substitute of an absent
    substitute), and the agent too if they keep their mails; the agent alone if no substitute can be
    reached."""
    present, vus = compte_id, {compte_id}
    while present in absences and absences[present].remplacant_id not in vus:
        present = absences[present].remplacant_id
        vus.add(present)
    if present in absences or present not in joignables:
        return {compte_id}
    garde = compte_id in absences and absences[compte_id].garde_courriels
    return {compte_id, present} if garde else {present}


def _list_absents(acteurs: Collection[int], *, le: date) -> dict[int, dict[int, Absence]]:
    """Return the absences of the day, by acteur, then by id of the absent compte."""
    query = (
        select(Absence)
        .join(Absence.appartenance)
        .options(joinedload(Absence.appartenance))
        .where(Appartenance.acteur_id.in_(acteurs), *_en_cours(le))
        .order_by(Absence.id)
    )
    absents: dict[int, dict[int, Absence]] = {}
    for absence in db.session.scalars(query):
        poste = absence.appartenance
        absents.setdefault(poste.acteur_id, {})[poste.compte_id] = absence
    return absents


def _en_cours(le: date | BindParameter[date]) -> tuple[ColumnElement[bool], ...]:
    return Absence.debut <= le, Absence.fin >= le, Absence.annulee_le.is_(None)


def list_absences(appartenance: Appartenance, *, le: date) -> Sequence[Absence]:
    """Return the present absence and the future ones, oldest first, at most 20."""
    query = select(Absence).where(
        Absence.appartenance_id == appartenance.id, Absence.fin >= le, Absence.annulee_le.is_(None)
    )
    query = query.options(joinedload(Absence.remplacant)).order_by(Absence.debut).limit(_A_VENIR_MAX)
    return db.session.scalars(query).all()


def list_collegues(appartenance: Appartenance, *, le: date) -> Sequence[Compte]:
    """Return the other current agents of the acteur whose address is verified: they can be substitutes."""
    return db.session.scalars(
        select(Compte)
        .join(Appartenance, Appartenance.compte_id == Compte.id)
        .where(
            Appartenance.acteur_id == appartenance.acteur_id,
            Appartenance.compte_id != appartenance.compte_id,
            Appartenance.debut <= le,
            not_ended(le),
            *joignable(),
        )
        .order_by(Compte.tri, Compte.id)
    ).all()


def select_remplacements(*columns: Any) -> Select[*tuple[Any, ...]]:
    """Select the absences in which the person `compte` is the substitute on the day `le` (bound parameters),
    with columns of the absence, of the absent person and of the acteur."""
    le = bindparam("le", type_=Date)
    query: Select[*tuple[Any, ...]] = select(*columns).select_from(Absence)
    return (
        query.join(Appartenance, Appartenance.id == Absence.appartenance_id)
        .join(Compte, Compte.id == Appartenance.compte_id)
        .join(Acteur, Acteur.id == Appartenance.acteur_id)
        .where(Absence.remplacant_id == bindparam("compte", type_=Integer), *_en_cours(le), not_ended(le))
    )


def get_absence(
    _compte: Compte | None, acteur_id: int, appartenance_id: int, absence_id: int
) -> Absence | None:
    """Return an absence by id, if it belongs to this appartenance and this acteur."""
    return db.session.scalar(
        select(Absence)
        .join(Absence.appartenance)
        .options(joinedload(Absence.appartenance).joinedload(Appartenance.acteur))
        .where(
            Absence.id == absence_id,
            Absence.appartenance_id == appartenance_id,
            Appartenance.acteur_id == acteur_id,
        )
    )
