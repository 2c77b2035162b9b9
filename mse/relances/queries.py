"""Queries: saisines to remind, recipients, and reminders already recorded."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select, tuple_

from mse.annuaire.models import Acteur
from mse.annuaire.policies import postes_de
from mse.annuaire.queries import is_urgent
from mse.annuaire.queries.absences import Destinataires, list_destinataires
from mse.comptes.models import Compte
from mse.comptes.queries import joignable
from mse.core.clock import midnight
from mse.core.database import is_state
from mse.extensions import db
from mse.fiches.api import Statut
from mse.fiches.models import Fiche, Saisine
from mse.relances.models import EnvoiRelances, Relance, TourneeRelances
from mse.relances.workflow import CERCLES, Cercle, Palier, Tranche, list_atteints

LIGNES_MAX = 50  # in one mail; the others are counted

Lignes = Sequence[Row[*tuple[Any, ...]]]

_URGENT = is_urgent(Fiche.theme_code).label("est_urgente")


def doit_repondre(le: date) -> tuple[ColumnElement[bool], ...]:
    """Return the SQL conditions of a saisine whose owner is reminded: an answer is awaited, and its time
    limit is not paused on the day `le`."""
    court = or_(Saisine.suspendue_jusqu_au.is_(None), Saisine.suspendue_jusqu_au < le)
    return is_state(Saisine.statut, Statut.EN_COURS), and_(Saisine.est_publique), court


def select_a_relancer(
    tranche: Tranche, *, le: date, apres: tuple[date, int] | None, nombre: int
) -> Select[int, date]:
    """Select the next saisines of the slice, by due date, whose step is not recorded yet: (id, due date)."""
    deja = exists().where(
        Relance.saisine_id == Saisine.id,
        Relance.echeance == Saisine.reponse_due,
        Relance.palier.in_(list_atteints(tranche.palier)),
        ~is_state(Relance.palier, Palier.MANUELLE),  # the condition of the partial index
    )
    query = select(Saisine.id, Saisine.reponse_due).where(
        *doit_repondre(le), Saisine.reponse_due.between(tranche.du, tranche.au), ~deja
    )
    if apres is not None:
        query = query.where(tuple_(Saisine.reponse_due, Saisine.id) > tuple_(*apres))
    return query.order_by(Saisine.reponse_due, Saisine.id).limit(nombre)


def est_terminee(jour: date) -> bool:
    """True once the ladder of that day is complete."""
    return db.session.get(TourneeRelances, jour) is not None


def list_inachevees(le: date) -> Sequence[date]:
    """Days before `le` whose reminders were recorded, but whose ladder is not complete. They follow the last
    complete day: each run completes the earlier days first."""
    derniere = select(func.coalesce(func.max(TourneeRelances.jour), date.min)).scalar_subquery()
    query = select(Relance.jour).where(Relance.jour < le, Relance.jour > derniere)
    return db.session.scalars(query.distinct().order_by(Relance.jour)).all()


def a_des_envois(jour: date) -> bool:
    """True if a mail of that day was prepared."""
    return bool(db.session.scalar(select(exists().where(EnvoiRelances.jour == jour))))


def list_cercles(jour: date) -> dict[int, set[Cercle]]:
    """Return the circles that the reminders of a day are for, by acteur id."""
    query = select(Saisine.acteur_id, Relance.palier).join(Saisine, Saisine.id == Relance.saisine_id)
    cercles: dict[int, set[Cercle]] = {}
    for acteur_id, palier in db.session.execute(query.where(Relance.jour == jour).distinct()):
        cercles.setdefault(acteur_id, set()).add(CERCLES[palier])
    return cercles


def list_servis(jour: date) -> set[tuple[int | None, int | None]]:
    """Return the recipients whose mail of that day is announced: (compte id, acteur id), one of them None."""
    query = select(EnvoiRelances.compte_id, EnvoiRelances.acteur_id).where(EnvoiRelances.jour == jour)
    return {(row.compte_id, row.acteur_id) for row in db.session.execute(query)}


def list_animateurs() -> dict[int, str]:
    """Return the address of each animateur, by id of the compte."""
    query = select(Compte.id, Compte.courriel).where(Compte.est_animateur, *joignable()).order_by(Compte.id)
    return {compte_id: courriel for compte_id, courriel in db.session.execute(query) if courriel}


@dataclass
class Publics:
    """Recipients of the reminders of some acteurs, by circle. If an acteur has nobody in a circle, the
    animateurs get the reminder. Its mailbox, if it has one, gets the reminders for its agents."""

    destinataires: Mapping[int, Destinataires]
    boites: Mapping[int, str] = field(default_factory=dict)  # acteurs without agent that have a mailbox

    def lire(self, acteur_id: int, cercle: Cercle) -> Mapping[int, str]:
        """Return the addresses by id of the compte; none for the circle of the animateurs."""
        siens = self.destinataires[acteur_id]
        return {Cercle.AGENTS: siens.agents, Cercle.REFERENTS: siens.referents}.get(cercle, {})

    def sans(self, cercle: Cercle) -> set[int]:
        """The acteurs that have nobody in this circle."""
        return {acteur_id for acteur_id in self.destinataires if not self.lire(acteur_id, cercle)}

    def acteurs_de(self, compte_id: int, cercle: Cercle) -> set[int]:
        """The acteurs for which this person is in the circle."""
        return {acteur_id for acteur_id in self.destinataires if compte_id in self.lire(acteur_id, cercle)}


def read_publics(acteurs: Collection[int], *, le: date) -> Publics:
    destinataires = list_destinataires(acteurs, le=le)
    seuls = [acteur_id for acteur_id, siens in destinataires.items() if not siens.agents]
    query = select(Acteur.id, Acteur.courriel).where(Acteur.id.in_(seuls), Acteur.courriel.is_not(None))
    return Publics(destinataires, {row.id: row.courriel for row in db.session.execute(query)})


def find_jour(acteur_id: int, *, le: date) -> date:
    """Return the day on which a reminder by hand leaves: `le`, or the next day if one of its recipients has
    already had the mail of that day."""
    publics = read_publics([acteur_id], le=le)
    comptes = publics.lire(acteur_id, Cercle.AGENTS) or list_animateurs()
    qui = {(compte_id, None) for compte_id in comptes} | {(None, boite) for boite in publics.boites}
    return le + timedelta(days=1) if est_terminee(le) and qui & list_servis(le) else le


@dataclass(frozen=True)
class Contenu:
    """The lines of a reminder mail, earliest due date first, at most `LIGNES_MAX`, and the number of all. In
    a mail to the association (`pour_l_association`) urgent thèmes come first."""

    lignes: Lignes
    nombre: int
    pour_l_association: bool


def read_contenu(envoi: EnvoiRelances, *, le: date) -> Contenu:
    """Return the reminders of a mail whose answer is still awaited: not answered, withdrawn or postponed
    since."""
    publics = read_publics(_list_concernes(envoi, le), le=le)
    est_animateur = envoi.compte is not None and envoi.compte.est_animateur
    query = (
        _lignes()
        .where(
            Relance.jour == envoi.jour,
            Relance.echeance == Saisine.reponse_due,
            *doit_repondre(le),
            _pour(envoi, publics, est_animateur=est_animateur),
        )
        .distinct()
    )
    premiere = (_URGENT.desc(),) if est_animateur else ()
    premieres = query.order_by(*premiere, Saisine.reponse_due, Saisine.id).limit(LIGNES_MAX + 1)
    lignes = db.session.execute(premieres).all()
    nombre = len(lignes)
    if nombre > LIGNES_MAX:
        nombre = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    return Contenu(lignes[:LIGNES_MAX], nombre, est_animateur)


def _list_concernes(envoi: EnvoiRelances, le: date) -> Collection[int]:
    """Return the acteurs whose reminders may be for this recipient: all of them for an animateur."""
    if envoi.compte is None:
        return [] if envoi.acteur_id is None else [envoi.acteur_id]
    if envoi.compte.est_animateur:
        return list_cercles(envoi.jour).keys()
    return postes_de(envoi.compte, le).agent_de


def _pour(envoi: EnvoiRelances, publics: Publics, *, est_animateur: bool) -> ColumnElement[bool]:
    """SQL condition: the reminder is for this recipient."""
    if envoi.compte_id is None:
        return and_(Saisine.acteur_id == envoi.acteur_id, _du_cercle(Cercle.AGENTS))
    conditions = [
        and_(_du_cercle(cercle), Saisine.acteur_id.in_(publics.acteurs_de(envoi.compte_id, cercle)))
        for cercle in (Cercle.AGENTS, Cercle.REFERENTS)
    ]
    if est_animateur:
        conditions.append(_du_cercle(Cercle.ASSOCIATION))
        conditions += [
            and_(_du_cercle(cercle), Saisine.acteur_id.in_(publics.sans(cercle)))
            for cercle in (Cercle.AGENTS, Cercle.REFERENTS)
        ]
    return or_(*conditions)


def _du_cercle(cercle: Cercle) -> ColumnElement[bool]:
    return Relance.palier.in_([palier for palier, sien in CERCLES.items() if sien == cercle])


def _lignes() -> Select[*tuple[Any, ...]]:
    ligne: Select[*tuple[Any, ...]] = select(
        Saisine.id,
        Saisine.fiche_id,
        Saisine.reponse_due,
        Fiche.titre,
        Fiche.theme_code,
        Acteur.nom.label("acteur"),
        _URGENT,
    )
    return (
        ligne.join(Fiche, Fiche.id == Saisine.fiche_id)
        .join(Acteur, Acteur.id == Saisine.acteur_id)
        .join(Relance, Relance.saisine_id == Saisine.id)
    )


def list_en_retard(acteur_id: int, *, le: date, nombre: int) -> Sequence[Saisine]:
    """The late saisines of an acteur, for the association: urgent thèmes first, then by due date."""
    query = (
        select(Saisine)
        .join(Saisine.fiche)
        .where(Saisine.acteur_id == acteur_id, *doit_repondre(le), Saisine.reponse_due < le)
        .order_by(_URGENT.desc(), Saisine.reponse_due, Saisine.id)
        .limit(nombre)
    )
    return db.session.scalars(query).all()


def list_relancees(saisines: Collection[int], *, le: date) -> set[int]:
    """Of these saisines, those with a reminder by hand that was asked on the day `le`, or that leaves on it
    or later."""
    query = select(Relance.saisine_id).where(
        Relance.saisine_id.in_(saisines),
        is_state(Relance.palier, Palier.MANUELLE),
        or_(Relance.le >= midnight(le), Relance.jour >= le),
    )
    return set(db.session.scalars(query))
