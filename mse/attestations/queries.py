"""Queries on attestations, and the figures of a mandat."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from mse.attestations.models import Attestation
from mse.attestations.policies import peut_attester, peut_tenir
from mse.comptes.models import Compte
from mse.core.clock import today
from mse.core.codes import hash_code
from mse.core.rate_limit import rate_limited
from mse.core.text import lazy
from mse.extensions import db
from mse.fiches.api import Publication
from mse.fiches.models import Fiche, Saisine
from mse.representation.models import Mandat, Promotion

_TROP = lazy("Trop de codes sont vérifiés en même temps\u202f: revenez dans une minute.")
LISTE = 50
PAR_ADRESSE, EN_TOUT = 20, 300  # codes checked a minute


@dataclass(frozen=True, kw_only=True)
class Chiffres:
    """fiches: public ones that the delegate filed for the promotion. personnes: whom these fiches concern, as
    their pages say; one person may count several times. consultees: people who took part in writing these
    fiches (glossary: participants of the class). reponses: saisines of these fiches that were answered in
    detail."""

    fiches: int
    personnes: int
    consultees: int
    reponses: int


def read_chiffres(mandat: Mandat) -> Chiffres:
    siennes = (
        Fiche.promotion_id == mandat.promotion_id,
        Fiche.auteur_id == mandat.compte_id,
        Fiche.publication == Publication.PUBLIEE,
    )
    fiches, personnes, consultees = db.session.execute(
        select(
            func.count(),
            func.coalesce(func.sum(Fiche.effectif_concerne), 0),
            func.coalesce(func.sum(Fiche.nombre_participants), 0),
        ).where(*siennes)
    ).one()
    reponses = db.session.scalar(
        select(func.count())
        .select_from(Saisine)
        .join(Fiche, Fiche.id == Saisine.fiche_id)
        .where(*siennes, Saisine.repondue_le.is_not(None))
    )
    return Chiffres(
        fiches=fiches, personnes=personnes or 0, consultees=consultees or 0, reponses=reponses or 0
    )


def get_mandat(compte: Compte | None, mandat_id: int) -> Mandat | None:
    """Return a mandat of `compte` that has begun."""
    query = select(Mandat).where(Mandat.id == mandat_id)
    mandat = db.session.scalar(query.options(joinedload(Mandat.promotion).joinedload(Promotion.organisme)))
    visible = mandat is not None and peut_attester(compte, mandat) and mandat.debut <= today()
    return mandat if visible else None


def list_mandats(compte: Compte) -> Sequence[Mandat]:
    """Return the mandats of the person that have begun, newest first."""
    query = select(Mandat).where(Mandat.compte_id == compte.id, Mandat.debut <= today())
    query = query.options(joinedload(Mandat.promotion).joinedload(Promotion.organisme))
    return db.session.scalars(query.order_by(Mandat.debut.desc(), Mandat.id.desc()).limit(LISTE)).all()


def list_attestations(compte: Compte) -> Sequence[Attestation]:
    query = select(Attestation).where(Attestation.compte_id == compte.id)
    return db.session.scalars(query.order_by(Attestation.id.desc()).limit(LISTE)).all()


def count_valables(compte_id: int) -> int:
    query = select(func.count()).select_from(Attestation)
    siennes = Attestation.compte_id == compte_id, Attestation.revoquee_le.is_(None)
    return db.session.scalar(query.where(*siennes)) or 0


def get_attestation(compte: Compte | None, attestation_id: int) -> Attestation | None:
    """Return an attestation of `compte`."""
    attestation = db.session.get(Attestation, attestation_id)
    return attestation if attestation is not None and peut_tenir(compte, attestation) else None


@rate_limited(PAR_ADRESSE, EN_TOUT, _TROP)
def find_par_code(code: str) -> Attestation | None:
    """Return the attestation with this code, revoked or not. Raise `TropDeDemandes`."""
    hashed = hash_code(code)
    if hashed is None:
        return None
    return db.session.scalar(select(Attestation).where(Attestation.code_hash == hashed))
