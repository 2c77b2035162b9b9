"""Queries: lists of «mon espace» for each role, figures of the home page, audience."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, or_, select

from mse.accueil.lignes import QUEUE_SIZE, Lignes, cut, select_saisines
from mse.accueil.models import JourAudience
from mse.annuaire.models import Acteur
from mse.annuaire.queries import has_agent
from mse.core.cache import THIRTY_SECONDS, cached_for
from mse.core.clock import midnight, today
from mse.core.database import is_state
from mse.demarche import get_demarche
from mse.extensions import db
from mse.fiches.api import EtatDemande, NatureEtape, Publication, Statut
from mse.fiches.models import Avis, DemandeReouverture, Etape, Fiche, Saisine
from mse.representation.models import Mandat, Promotion

_DERNIERE = (
    select(func.max(Etape.id))
    .where(Etape.saisine_id == Saisine.id, Etape.nature.in_((NatureEtape.REPONSE, NatureEtape.REGLEMENT)))
    .correlate(Saisine)
)
_REPONSE = (  # the first words of the present answer; none if its text was erased
    select(cut(Etape.texte_html))
    .where(Etape.id == _DERNIERE.scalar_subquery())
    .correlate(Saisine)
    .scalar_subquery()
    .label("reponse")
)


def list_avis_attendus(promotions: Collection[int]) -> Lignes:
    """Return the answers without a verdict of the delegates, oldest answer first."""
    sans_avis = ~exists().where(Avis.saisine_id == Saisine.id, Avis.tour == Saisine.tour)
    return db.session.execute(
        select_saisines()
        .add_columns(Saisine.derniere_reponse_le, _REPONSE)
        .where(
            Fiche.promotion_id.in_(promotions),
            Saisine.statut.in_((Statut.REPONSE, Statut.REGLEE)),
            sans_avis,
        )
        .order_by(Saisine.derniere_reponse_le, Saisine.id)
        .limit(QUEUE_SIZE)
    ).all()


def list_brouillons(promotions: Collection[int]) -> Lignes:
    """Return the drafts of these promotions, last changed first."""
    return _lignes(Fiche.promotion_id.in_(promotions), is_state(Fiche.publication, Publication.BROUILLON))


_DERNIER_AVIS = (
    select(func.max(Avis.id))
    .join(Saisine, Saisine.id == Avis.saisine_id)
    .where(Saisine.fiche_id == Fiche.id, Avis.tour == Saisine.tour)
    .correlate(Fiche)
)
_AVIS = select(Avis.valeur).where(Avis.id == _DERNIER_AVIS.scalar_subquery()).correlate(Fiche)
# Time to answer of the owner whose answer is due next, in working days
_DELAI = (
    select(func.max(Acteur.delai_reponse))
    .join(Saisine, Saisine.acteur_id == Acteur.id)
    .where(Saisine.fiche_id == Fiche.id, Saisine.reponse_due == Fiche.prochaine_echeance)
    .correlate(Fiche)
)


def list_deposees(promotions: Collection[int]) -> Lignes:
    """Return the filed fiches of these promotions, last changed first, each with the last verdict of its
    delegates on a present (not replaced) answer."""
    return _lignes(
        Fiche.promotion_id.in_(promotions),
        Fiche.publication != Publication.BROUILLON,
        extra=(_AVIS.scalar_subquery().label("avis"), _DELAI.scalar_subquery().label("delai_reponse")),
    )


def list_anciennes(compte_id: int, mandats: Mapping[int, date]) -> Lignes:
    """Return the fiches that a former delegate may still read (see `peut_lire`), last changed first.
    `mandats`: promotion → last day."""
    siennes = [
        and_(
            Fiche.promotion_id == promotion_id,
            or_(Fiche.auteur_id == compte_id, Fiche.deposee_le < midnight(fin + timedelta(days=1))),
        )
        for promotion_id, fin in mandats.items()
    ]
    return _lignes(or_(*siennes), Fiche.publication != Publication.BROUILLON)


def _lignes(*conditions: ColumnElement[bool], extra: Collection[ColumnElement[Any]] = ()) -> Lignes:
    return db.session.execute(
        select(
            Fiche.id,
            Fiche.id.label("fiche_id"),
            Fiche.titre,
            Fiche.publication,
            Fiche.statut,
            Fiche.modifiee_le,
            Fiche.deposee_le,
            Fiche.est_orientee,
            Fiche.prochaine_echeance,
            Fiche.motif_moderation,
            *extra,
        )
        .where(*conditions)
        .order_by(Fiche.modifiee_le.desc(), Fiche.id.desc())
        .limit(QUEUE_SIZE)
    ).all()


def list_retenues() -> Lignes:
    return _fiches(is_state(Fiche.publication, Publication.RETENUE))


def list_a_orienter() -> Lignes:
    return _fiches(and_(is_state(Fiche.publication, Publication.PUBLIEE), ~Fiche.est_orientee))


def list_a_trancher(*, le: date) -> Lignes:
    """Return the requests to reopen that an animateur decides: `Saisine.attend_animateur` in SQL."""
    sans_voix = or_(Acteur.ferme_le.is_not(None), ~has_agent(Saisine.acteur_id, le=le))
    demandee = DemandeReouverture.etat == EtatDemande.DEMANDEE
    due = and_(demandee, or_(DemandeReouverture.decision_due < le, sans_voix))
    return db.session.execute(
        select_saisines()
        .add_columns(cut(Fiche.probleme_html).label("probleme"), DemandeReouverture.demandee_le)
        .join(DemandeReouverture, DemandeReouverture.saisine_id == Saisine.id)
        .where(or_(DemandeReouverture.etat == EtatDemande.CONTESTEE, due))
        .order_by(_urgent_first(), DemandeReouverture.decision_due, DemandeReouverture.id)
        .limit(QUEUE_SIZE)
    ).all()


def list_sans_compte(*, le: date) -> Lignes:
    """Return the open saisines whose acteur has no current agent."""
    a_un_agent = has_agent(Saisine.acteur_id, le=le)
    return _by_due(select_saisines().where(is_state(Saisine.statut, Statut.EN_COURS), ~a_un_agent))


def list_retards_urgents(*, le: date) -> Lignes:
    """Return the late saisines of fiches of an urgent thème."""
    query = select_saisines().add_columns(cut(Fiche.probleme_html).label("probleme"))
    return _by_due(query.where(*_late(le), Fiche.theme_code.in_(get_demarche().themes_urgents)))


def list_retards_par_acteur(*, le: date) -> Lignes:
    """Return the acteurs whose answers are late on the other thèmes, longest delay first: their number, the
    earliest due date and, for an acteur with one, its saisine."""
    premiere = func.min(Saisine.reponse_due)
    return db.session.execute(
        select(
            Acteur.id,
            Acteur.nom,
            Acteur.delai_reponse,
            func.count().label("nombre"),
            premiere.label("reponse_due"),
            func.min(Saisine.fiche_id).label("fiche_id"),
            func.min(Saisine.id).label("saisine_id"),
        )
        .join(Saisine, Saisine.acteur_id == Acteur.id)
        .join(Fiche, Fiche.id == Saisine.fiche_id)
        .where(
            is_state(Fiche.publication, Publication.PUBLIEE),
            *_late(le),
            Fiche.theme_code.not_in(get_demarche().themes_urgents),
        )
        .group_by(Acteur.id, Acteur.nom, Acteur.delai_reponse)
        .order_by(premiere, Acteur.id)
        .limit(QUEUE_SIZE)
    ).all()


def _late(le: date) -> tuple[ColumnElement[bool], ...]:
    return is_state(Saisine.statut, Statut.EN_COURS), Saisine.reponse_due < le


_DELEGUES = (
    select(func.count(func.distinct(Mandat.compte_id)))
    .join(Promotion, Promotion.id == Mandat.promotion_id)
    .where(Mandat.debut <= bindparam("le"), func.coalesce(Mandat.fin, Promotion.fin) >= bindparam("le"))
)


@cached_for(THIRTY_SECONDS)
def count_delegues() -> int:
    """Count the people with a current mandat, cached for 30 seconds."""
    return db.session.scalar(_DELEGUES, {"le": today()}) or 0


def _urgent_first() -> ColumnElement[Any]:
    return Fiche.theme_code.in_(get_demarche().themes_urgents).desc()


def _by_due(query: Select[*tuple[Any, ...]]) -> Lignes:
    return db.session.execute(query.order_by(Saisine.reponse_due, Saisine.id).limit(QUEUE_SIZE)).all()


def _fiches(condition: ColumnElement[bool]) -> Lignes:
    return db.session.execute(
        select(
            Fiche.id,
            Fiche.id.label("fiche_id"),
            Fiche.titre,
            Fiche.theme_code,
            Fiche.deposee_le,
            cut(Fiche.probleme_html).label("probleme"),
            Promotion.titre.label("promotion"),
            Acteur.nom.label("acteur"),
        )
        .join(Promotion, Promotion.id == Fiche.promotion_id)
        .join(Acteur, Acteur.id == Promotion.organisme_id)
        .where(condition)
        .order_by(_urgent_first(), Fiche.deposee_le, Fiche.id)
        .limit(QUEUE_SIZE)
    ).all()


@dataclass(frozen=True)
class Audience:
    """`jours`: the last thirty, newest first; `mois`: (first day, pages, visits), the last thirteen."""

    jours: Sequence[JourAudience]
    mois: list[tuple[date, int, int]]


def read_audience(*, le: date) -> Audience:
    depuis = (le.replace(day=1) - timedelta(days=365)).replace(day=1)
    query = select(JourAudience).where(JourAudience.jour >= depuis, JourAudience.jour <= le)
    jours = db.session.scalars(query.order_by(JourAudience.jour.desc())).all()
    mois = [
        (premier, sum(un.pages for un in tous), sum(un.visites for un in tous))
        for premier, groupe in groupby(jours, key=lambda un: un.jour.replace(day=1))
        for tous in [list(groupe)]
    ]
    return Audience(jours[:30], mois)
