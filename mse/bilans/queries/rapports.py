"""The report of an acteur for a quarter, and whom it is sent to."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, exists, func, select
from sqlalchemy.orm import joinedload

from mse.annuaire.models import Acteur
from mse.annuaire.queries import get_acteur
from mse.annuaire.queries.absences import list_destinataires
from mse.bilans.chiffres import compute, find_verdict
from mse.bilans.models import AQui, BilanActeur, EnvoiATous, EnvoiBilan
from mse.bilans.queries.dues import list_dues
from mse.bilans.rapports import Ligne, Rapport
from mse.bilans.trimestres import Trimestre
from mse.comptes.models import Compte
from mse.core.clock import local_date, today
from mse.core.database import is_state
from mse.extensions import db
from mse.fiches.api import Publication
from mse.fiches.models import Fiche
from mse.meteo.queries.reponses_dues import ReponseDue

ACTEURS_MAX = 1000  # acteurs considered at once


def get_acteur_du_bilan(compte: Compte | None, acteur_id: int, trimestre: str) -> Acteur | None:
    """Return the acteur; None if the quarter of the URL is malformed or in the future."""
    quand = Trimestre.lire(trimestre)
    if quand is None or quand > Trimestre.du(today()):
        return None
    return get_acteur(compte, acteur_id)


def read_rapport(acteur_id: int, trimestre: Trimestre, *, le: date) -> Rapport:
    """Compute the report from the facts of the two quarters."""
    dues = list(list_dues(trimestre, le=le, acteur_id=acteur_id))
    avant = list_dues(trimestre.precedent, le=le, acteur_id=acteur_id)
    lignes = sorted((_make_ligne(due) for due in dues), key=lambda une: (une.due, une.saisine_id))
    return Rapport(
        jusqu_au=trimestre.compte_jusqu_au(le), chiffres=compute(dues), avant=compute(avant), lignes=lignes
    )


def _make_ligne(due: ReponseDue) -> Ligne:
    tenue_le = due.echeance.tenue_le
    return Ligne(
        fiche_id=due.fiche_id,
        saisine_id=due.saisine_id,
        theme_code=due.theme_code,
        due=due.echeance.due,
        est_tenue=due.echeance.est_tenue,
        repondue_le=tenue_le and local_date(tenue_le),
        verdict=find_verdict(due),
    )


def map_titres(fiches: Collection[int]) -> dict[int, str]:
    """Return the titles of the public ones among these fiches."""
    query = select(Fiche.id, Fiche.titre).where(
        Fiche.id.in_(fiches), is_state(Fiche.publication, Publication.PUBLIEE)
    )
    return {row.id: row.titre for row in db.session.execute(query)}


def get_envoi(acteur_id: int, trimestre: Trimestre) -> EnvoiBilan | None:
    query = select(EnvoiBilan).where(EnvoiBilan.acteur_id == acteur_id, EnvoiBilan.debut == trimestre.debut)
    return db.session.scalar(query)


@dataclass(frozen=True)
class Destination:
    """The circle that gets the report of an acteur, with its addresses."""

    a_qui: AQui
    adresses: tuple[str, ...]


def find_destinations(acteurs: Iterable[Any], *, le: date) -> dict[int, Destination]:
    """Return whom the reports go to, by acteur: its référents, else its agents, else its mailbox. An acteur
    that nobody can be reached at is left out. `acteurs`: rows or objects with `id` and `courriel`."""
    boites = {acteur.id: acteur.courriel for acteur in acteurs}
    destinations = {}
    for acteur_id, siens in list_destinataires(list(boites), le=le).items():
        boite = boites[acteur_id]
        choix = (
            (AQui.REFERENTS, tuple(siens.referents.values())),
            (AQui.AGENTS, tuple(siens.agents.values())),
            (AQui.BOITE, (boite,) if boite else ()),
        )
        for a_qui, adresses in choix:
            if adresses:
                destinations[acteur_id] = Destination(a_qui, adresses)
                break
    return destinations


def list_a_envoyer(trimestre: Trimestre) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the open acteurs that owed an answer in the quarter and have not got its report, by name:
    (id, nom, courriel, dues, tenues)."""
    query = _a_envoyer(trimestre).order_by(Acteur.tri, Acteur.id).limit(ACTEURS_MAX)
    return db.session.execute(query).all()


def list_suivants(trimestre: Trimestre, *, apres: int, limit: int) -> Sequence[int]:
    """Return the ids of the next of these acteurs, after that id."""
    query = _a_envoyer(trimestre).where(Acteur.id > apres).order_by(Acteur.id).limit(limit)
    return db.session.scalars(query).all()


def _a_envoyer(trimestre: Trimestre) -> Select[*tuple[Any, ...]]:
    envoye = exists().where(EnvoiBilan.acteur_id == Acteur.id, EnvoiBilan.debut == trimestre.debut)
    query: Select[*tuple[Any, ...]] = (
        select(Acteur.id, Acteur.nom, Acteur.courriel, BilanActeur.dues, BilanActeur.tenues)
        .join(BilanActeur, BilanActeur.acteur_id == Acteur.id)
        .where(BilanActeur.debut == trimestre.debut, Acteur.ferme_le.is_(None), ~envoye)
    )
    return query


def get_envoi_a_tous(trimestre: Trimestre) -> EnvoiATous | None:
    """Return the last request to send all reports of the quarter."""
    query = select(EnvoiATous).where(EnvoiATous.debut == trimestre.debut).order_by(EnvoiATous.id.desc())
    return db.session.scalar(query.limit(1))


def get_envoi_a_tous_a_faire() -> EnvoiATous | None:
    """Return the oldest request that is not carried out."""
    query = select(EnvoiATous).where(EnvoiATous.fini_le.is_(None)).order_by(EnvoiATous.id)
    return db.session.scalar(query.options(joinedload(EnvoiATous.par)).limit(1))


def count_partis(demande: EnvoiATous) -> int:
    """Count the reports sent since the request."""
    query = select(func.count()).where(EnvoiBilan.debut == demande.debut, EnvoiBilan.le >= demande.demande_le)
    return db.session.scalar(query) or 0


def list_a_imprimer() -> Sequence[EnvoiBilan]:
    """Return sent reports without a PDF, at most 10."""
    query = select(EnvoiBilan).where(EnvoiBilan.pdf.is_(None)).order_by(EnvoiBilan.id).limit(10)
    return db.session.scalars(query.options(joinedload(EnvoiBilan.acteur))).all()


def list_pdfs_connus(noms: Collection[str]) -> set[str]:
    """Return those of `noms` that a report references."""
    return {nom for nom in db.session.scalars(select(EnvoiBilan.pdf).where(EnvoiBilan.pdf.in_(noms))) if nom}
