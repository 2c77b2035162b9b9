"""What an owner still has to answer, and whether it has acted since a transfer."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, func, select

from mse.annuaire.models import Acteur
from mse.annuaire.queries import is_urgent
from mse.core.database import is_state
from mse.extensions import db
from mse.fiches.api import EtatDemande, Publication, Statut
from mse.fiches.models import DemandeReouverture, Etape, Fiche, Saisine, Transfert
from mse.fiches.queries.listes import jours_donnes

_A_REMETTRE = 50  # maximum number of rows listed before closing an acteur


def count_saisines_en_cours(acteur_id: int) -> int:
    """Return the number of unanswered saisines of the acteur on public fiches."""
    total: Select[*tuple[Any, ...]] = select(func.count()).select_from(Saisine)
    return db.session.scalar(_en_cours(total, acteur_id)) or 0


def list_saisines_en_cours(acteur_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the unanswered saisines of the acteur on public fiches: urgent thèmes first, then earliest due
    date, at most 50."""
    ligne: Select[*tuple[Any, ...]] = select(
        Saisine.id,
        Saisine.fiche_id,
        Saisine.reponse_due,
        Fiche.titre,
        Fiche.theme_code,
        jours_donnes().label("jours_donnes"),
    )
    urgent = is_urgent(Fiche.theme_code).desc()
    query = _en_cours(ligne.join(Acteur, Acteur.id == Saisine.acteur_id), acteur_id).order_by(
        urgent, Saisine.reponse_due, Saisine.id
    )
    return db.session.execute(query.limit(_A_REMETTRE)).all()


def _en_cours(query: Select[*tuple[Any, ...]], acteur_id: int) -> Select[*tuple[Any, ...]]:
    return query.join(Fiche, Fiche.id == Saisine.fiche_id).where(
        Saisine.acteur_id == acteur_id,
        is_state(Saisine.statut, Statut.EN_COURS),
        Saisine.est_publique,
    )


def count_demandes_ouvertes(acteur_id: int) -> int:
    """Return the number of open requests to reopen addressed to the acteur, on public fiches."""
    total: Select[*tuple[Any, ...]] = select(func.count()).select_from(Saisine)
    return db.session.scalar(_demandes(total, acteur_id)) or 0


def list_demandes_ouvertes(acteur_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the open requests to reopen addressed to the acteur: urgent thèmes first, then earliest due date
    of the decision, at most 50."""
    ligne: Select[*tuple[Any, ...]] = select(
        Saisine.id, Saisine.fiche_id, Fiche.titre, Fiche.theme_code, DemandeReouverture.decision_due
    )
    urgent = is_urgent(Fiche.theme_code).desc()
    query = _demandes(ligne, acteur_id).order_by(urgent, DemandeReouverture.decision_due, Saisine.id)
    return db.session.execute(query.limit(_A_REMETTRE)).all()


def _demandes(query: Select[*tuple[Any, ...]], acteur_id: int) -> Select[*tuple[Any, ...]]:
    return (
        query.join(Fiche, Fiche.id == Saisine.fiche_id)
        .join(DemandeReouverture, DemandeReouverture.saisine_id == Saisine.id)
        .where(
            Saisine.acteur_id == acteur_id,
            DemandeReouverture.etat.in_((EtatDemande.DEMANDEE, EtatDemande.CONTESTEE)),
            is_state(Fiche.publication, Publication.PUBLIEE),
        )
    )


def a_agi_depuis(saisine: Saisine, transfert: Transfert) -> bool:
    """Return True if the owner has written in the history since that transfer."""
    query = select(Etape.id).where(
        Etape.saisine_id == saisine.id,
        Etape.acteur_id == saisine.acteur_id,
        Etape.id > transfert.etape_id,
    )
    return db.session.scalar(query.limit(1)) is not None
