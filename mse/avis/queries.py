"""Queries: the answers that delegates have not judged, the solved problems of which they have not said
whether they came back, the requests to reopen that an animateur decides."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Date, Integer, Row, Select, and_, bindparam, exists, func, or_, select

from mse.annuaire.models import Acteur
from mse.annuaire.queries import has_agent, is_urgent
from mse.core.database import is_state
from mse.core.registry import ROWS_MAX
from mse.extensions import db
from mse.fiches.api import EtatDemande, NatureEtape, Publication, Statut
from mse.fiches.models import Avis, DemandeReouverture, Etape, Fiche, Saisine
from mse.fiches.queries.listes import start_of
from mse.representation.api import Lecteur
from mse.representation.models import Promotion

Lignes = Sequence[Row[*tuple[Any, ...]]]

_DERNIERE = (
    select(func.max(Etape.id))
    .where(Etape.saisine_id == Saisine.id, Etape.nature.in_((NatureEtape.REPONSE, NatureEtape.REGLEMENT)))
    .correlate(Saisine)
)
_REPONSE = (  # the first words of the present answer; none if its text was erased
    select(start_of(Etape.texte_html))
    .where(Etape.id == _DERNIERE.scalar_subquery())
    .correlate(Saisine)
    .scalar_subquery()
    .label("reponse")
)


def select_sans_avis() -> Select[*tuple[Any, ...]]:
    """Select the answers without a verdict of the delegates, as (saisine, fiche) for the registry."""
    query: Select[*tuple[Any, ...]] = select(Saisine.id, Saisine.fiche_id)
    return query.join(Fiche, Fiche.id == Saisine.fiche_id).where(
        Fiche.promotion_id.in_(bindparam("delegue_de", expanding=True, type_=Integer)),
        is_state(Fiche.publication, Publication.PUBLIEE),
        Saisine.statut.in_((Statut.REPONSE, Statut.REGLEE)),
        ~exists().where(Avis.saisine_id == Saisine.id, Avis.tour == Saisine.tour),
    )


def list_sans_avis(lecteur: Lecteur) -> Lignes:
    """Return the first answers without a verdict of the delegates, oldest answer first."""
    query = (
        select_sans_avis()
        .add_columns(Fiche.titre, Acteur.nom.label("acteur"), Saisine.derniere_reponse_le, _REPONSE)
        .join(Acteur, Acteur.id == Saisine.acteur_id)
        .order_by(Saisine.derniere_reponse_le, Saisine.id)
        .limit(ROWS_MAX)
    )
    return db.session.execute(query, dict(lecteur.parameters)).all()


def select_durabilites() -> Select[*tuple[Any, ...]]:
    """Select the solved saisines whose delegates were asked whether the problem has come back and have not
    said, as (saisine, fiche) for the registry."""
    query: Select[*tuple[Any, ...]] = select(Saisine.id, Saisine.fiche_id)
    return query.join(Fiche, Fiche.id == Saisine.fiche_id).where(
        Fiche.promotion_id.in_(bindparam("delegue_de", expanding=True, type_=Integer)),
        is_state(Fiche.publication, Publication.PUBLIEE),
        is_state(Saisine.statut, Statut.REGLEE),
        Saisine.durabilite_demandee_le.is_not(None),
        Saisine.est_durable.is_(None),
    )


def list_durabilites(lecteur: Lecteur) -> Lignes:
    """Return the first of these saisines, longest solved first."""
    query = (
        select_durabilites()
        .add_columns(Fiche.titre, Acteur.nom.label("acteur"), Saisine.traitee_le)
        .join(Acteur, Acteur.id == Saisine.acteur_id)
        .order_by(Saisine.traitee_le, Saisine.id)
        .limit(ROWS_MAX)
    )
    return db.session.execute(query, dict(lecteur.parameters)).all()


def select_a_trancher() -> Select[*tuple[Any, ...]]:
    """Select the requests to reopen that an animateur decides, as (saisine, fiche) for the registry. The
    conditions are those of `Saisine.attend_animateur`."""
    le = bindparam("le", type_=Date)
    sans_voix = or_(Acteur.ferme_le.is_not(None), ~has_agent(Saisine.acteur_id, le=le))
    demandee = DemandeReouverture.etat == EtatDemande.DEMANDEE
    due = and_(demandee, or_(DemandeReouverture.decision_due < le, sans_voix))
    query: Select[*tuple[Any, ...]] = select(Saisine.id, Saisine.fiche_id)
    return (
        query.join(DemandeReouverture, DemandeReouverture.saisine_id == Saisine.id)
        .join(Fiche, Fiche.id == Saisine.fiche_id)
        .join(Acteur, Acteur.id == Saisine.acteur_id)
        .where(
            is_state(Fiche.publication, Publication.PUBLIEE),
            or_(DemandeReouverture.etat == EtatDemande.CONTESTEE, due),
        )
    )


def list_a_trancher(lecteur: Lecteur) -> Lignes:
    """Return the first requests that an animateur decides, urgent thèmes first, then by due date of the
    decision."""
    query = (
        select_a_trancher()
        .add_columns(
            Fiche.titre,
            Fiche.theme_code,
            start_of(Fiche.probleme_html).label("probleme"),
            DemandeReouverture.demandee_le.label("depuis"),
            Promotion.titre.label("promotion"),
            Acteur.nom.label("acteur"),
        )
        .join(Promotion, Promotion.id == Fiche.promotion_id)
        .order_by(is_urgent(Fiche.theme_code).desc(), DemandeReouverture.decision_due, DemandeReouverture.id)
        .limit(ROWS_MAX)
    )
    return db.session.execute(query, dict(lecteur.parameters)).all()
