"""Queries: recipients of mails, state of the outbox."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, exists, func, or_, select

from mse.annuaire.models import Acteur
from mse.annuaire.queries.absences import list_destinataires
from mse.comptes.models import Compte
from mse.comptes.queries import joignable
from mse.core.clock import local_date, now, today
from mse.extensions import db
from mse.fiches.api import EtatDemande, NatureEtape, Publication
from mse.fiches.models import DemandeReouverture, Etape, Fiche, Saisine
from mse.notifications.messages import DEMANDE_PAR_LUI
from mse.notifications.models import Annonce, Battement, Courriel
from mse.representation.models import Mandat, Promotion

WORKER = "worker"


@cache
def _delegates() -> Select[Any]:
    """Return a cached statement, because building it costs more than running it."""
    suite = select(Promotion.id).where(Promotion.id == bindparam("promotion_id")).cte(recursive=True)
    suite = suite.union(select(Promotion.id).where(Promotion.succede_a_id == suite.c.id))
    return (
        select(Compte)
        .join(Mandat, Mandat.compte_id == Compte.id)
        .join(Promotion, Promotion.id == Mandat.promotion_id)
        .where(
            Mandat.promotion_id.in_(select(suite.c.id)),
            Mandat.debut <= bindparam("le"),
            func.coalesce(Mandat.fin, Promotion.fin) >= bindparam("le"),
            *joignable(),
        )
        .order_by(Compte.id)
    )


def list_comptes_delegues(promotion_id: int) -> list[Compte]:
    """Return the current delegates with a verified address, each once: those of a promotion and of the
    promotions that continue it."""
    comptes = db.session.scalars(_delegates(), {"promotion_id": promotion_id, "le": today()})
    return list(dict.fromkeys(comptes))


def list_delegates(promotion_id: int) -> list[str]:
    """Return the addresses of the current delegates."""
    return [compte.courriel for compte in list_comptes_delegues(promotion_id) if compte.courriel]


def list_deposants(fiche: Fiche) -> list[str]:
    """Return the addresses of the author and of the delegates of that day, without current delegates."""
    assert fiche.deposee_le is not None
    jour = local_date(fiche.deposee_le)
    en_fonction = (
        select(Mandat.compte_id)
        .join(Promotion, Promotion.id == Mandat.promotion_id)
        .where(
            Mandat.promotion_id == fiche.promotion_id,
            Mandat.debut <= jour,
            func.coalesce(Mandat.fin, Promotion.fin) >= jour,
        )
    )
    deposants = or_(Compte.id == fiche.auteur_id, Compte.id.in_(en_fonction))
    query = select(Compte).where(deposants, *joignable()).order_by(Compte.id)
    actuels = list_comptes_delegues(fiche.promotion_id)
    return [une.courriel for une in db.session.scalars(query) if une.courriel and une not in actuels]


def list_agents(acteur: Acteur) -> list[str]:
    """Return the verified addresses of the acteur's current agents. A substitute replaces an absent agent."""
    return list(list_destinataires([acteur.id], le=today())[acteur.id].agents.values())


def list_demandes_en_attente(acteur_id: int) -> Sequence[Etape]:
    """Return the line of each request to reopen that waits for the acteur: the last one of its saisine."""
    dernieres = (
        select(func.max(Etape.id))
        .join(Saisine, Saisine.id == Etape.saisine_id)
        .join(Fiche, Fiche.id == Saisine.fiche_id)
        .join(DemandeReouverture, DemandeReouverture.saisine_id == Saisine.id)
        .where(
            Saisine.acteur_id == acteur_id,
            Fiche.publication == Publication.PUBLIEE,
            DemandeReouverture.etat == EtatDemande.DEMANDEE,
            Etape.nature == NatureEtape.DEMANDE_REOUVERTURE,
        )
        .group_by(Saisine.id)
    )
    return db.session.scalars(select(Etape).where(Etape.id.in_(dernieres)).order_by(Etape.id)).all()


def list_animateurs() -> Sequence[str]:
    query = select(Compte.courriel).where(Compte.est_animateur, *joignable())
    return [courriel for courriel in db.session.scalars(query) if courriel]


def oldest_unsent() -> datetime | None:
    """Return the instant since which the oldest mail waits, written or not. Refused mails do not wait."""
    courriel = select(func.min(Courriel.cree_le))
    courriel = courriel.where(Courriel.envoye_le.is_(None), Courriel.abandonne_le.is_(None))
    attentes = [db.session.scalar(courriel), db.session.scalar(select(func.min(Annonce.notee_le)))]
    return min((attente for attente in attentes if attente), default=None)


def has_due_mails() -> bool:
    """True while the worker has a mail to write or to send now."""
    a_ecrire = exists().where(Annonce.prochain_essai_le <= now())
    a_envoyer = exists().where(
        Courriel.envoye_le.is_(None), Courriel.abandonne_le.is_(None), Courriel.prochain_essai_le <= now()
    )
    return bool(db.session.scalar(select(or_(a_ecrire, a_envoyer))))


def count_unsent() -> int:
    """Return the number of mails to send plus events whose mails are still to be written."""
    courriels = select(func.count()).select_from(Courriel)
    courriels = courriels.where(Courriel.envoye_le.is_(None), Courriel.abandonne_le.is_(None))
    annonces = select(func.count()).select_from(Annonce)
    return (db.session.scalar(courriels) or 0) + (db.session.scalar(annonces) or 0)


@dataclass(frozen=True, kw_only=True)
class Refuse:
    """A mail that was given up, without its address. The recipient is known until `purge` runs."""

    id: int
    evenement: str
    abandonne_le: datetime
    erreur: str
    compte: Compte | None
    acteur: Acteur | None


def list_refuses(count: int = 20) -> list[Refuse]:
    """Return the last mails that were given up, except those that their recipient cancelled."""
    query = (
        select(Courriel.id, Courriel.evenement, Courriel.destinataire, Courriel.erreur, Courriel.abandonne_le)
        .where(Courriel.abandonne_le.is_not(None), Courriel.erreur != DEMANDE_PAR_LUI)
        .order_by(Courriel.abandonne_le.desc(), Courriel.id.desc())
        .limit(count)
    )
    rows = db.session.execute(query).all()
    adresses = {row.destinataire.lower() for row in rows if row.destinataire}
    comptes = select(Compte).where(or_(Compte.courriel.in_(adresses), Compte.courriel_invite.in_(adresses)))
    par_adresse = {compte.adresse: compte for compte in db.session.scalars(comptes)}
    acteurs = select(Acteur).where(func.lower(Acteur.courriel).in_(adresses))
    boites = {(acteur.courriel or "").lower(): acteur for acteur in db.session.scalars(acteurs)}
    return [
        Refuse(
            id=row.id,
            evenement=row.evenement,
            abandonne_le=row.abandonne_le,
            erreur=row.erreur or "",
            compte=par_adresse.get((row.destinataire or "").lower()),
            acteur=boites.get((row.destinataire or "").lower()),
        )
        for row in rows
    ]


def get_worker_vu_le() -> datetime | None:
    """Return the time of the last heartbeat. If it is older than 5 minutes, the worker is down or stuck."""
    return db.session.scalar(select(Battement.vu_le).where(Battement.nom == WORKER))
