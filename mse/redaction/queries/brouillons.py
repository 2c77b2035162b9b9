"""Drafts of a person, and who else is writing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from mse.comptes.models import Compte
from mse.core.clock import now
from mse.extensions import db
from mse.fiches.models import Fiche, Saisine
from mse.fiches.queries.pages import get_derniere_etape
from mse.redaction.models import BrouillonReponse
from mse.redaction.policies import peut_lire_brouillon
from mse.redaction.workflow import Geste

ECRIT_DEPUIS = timedelta(minutes=15)  # a colleague whose draft changed since then is writing


@dataclass(frozen=True)
class Ecrivant:
    """A colleague who is writing about the same saisine, and when the draft last changed."""

    prenom: str
    le: datetime

    @property
    def minutes(self) -> int:
        return int((now() - self.le).total_seconds() // 60)


def list_brouillons_de(
    saisine: Saisine, par: Compte, geste: Geste
) -> tuple[BrouillonReponse | None, Sequence[Ecrivant]]:
    """Return the draft of `par` for this kind of text, and the colleagues who are writing one for the same
    owner.

    The texts of the colleagues are not read.
    """
    B = BrouillonReponse.__table__.c
    mien = (B.compte_id == par.id) & (B.geste == geste)
    recents = (B.compte_id != par.id) & (B.acteur_id == saisine.acteur_id)
    rows = db.session.execute(
        select(B.id, B.compte_id, B.modifie_le, Compte.prenom)
        .join(Compte, Compte.id == B.compte_id)
        .where(B.saisine_id == saisine.id, or_(mien, recents & (B.modifie_le > now() - ECRIT_DEPUIS)))
        .order_by(B.modifie_le.desc())
    ).all()
    autres = {row.compte_id: Ecrivant(row.prenom, row.modifie_le) for row in rows if row.compte_id != par.id}
    id_ = next((row.id for row in rows if row.compte_id == par.id), None)
    return db.session.get(BrouillonReponse, id_) if id_ else None, list(autres.values())


def get_dernier_texte(saisine: Saisine, geste: Geste, *, par: Compte) -> str:
    """Return what the site has of a text that `par` has written: the draft, or else what `par` published
    last."""
    brouillon, _collegues = list_brouillons_de(saisine, par, geste)
    if brouillon is not None:
        return brouillon.texte
    etape = get_derniere_etape(saisine)
    return etape.texte or "" if etape is not None and etape.auteur_id == par.id else ""


def map_ecrivants(par: Compte, saisines: Sequence[int]) -> dict[int, list[Ecrivant]]:
    """The colleagues who are writing about these saisines for their present owner, by saisine id."""
    B = BrouillonReponse
    rows = db.session.execute(
        select(B.saisine_id, B.compte_id, B.modifie_le, Compte.prenom)
        .join(Compte, Compte.id == B.compte_id)
        .join(Saisine, (Saisine.id == B.saisine_id) & (Saisine.acteur_id == B.acteur_id))
        .where(B.saisine_id.in_(saisines), B.compte_id != par.id, B.modifie_le > now() - ECRIT_DEPUIS)
        .order_by(B.modifie_le)
    ).all()
    derniers = {(row.saisine_id, row.compte_id): Ecrivant(row.prenom, row.modifie_le) for row in rows}
    par_saisine: dict[int, list[Ecrivant]] = {}
    for (saisine_id, _compte_id), ecrivant in derniers.items():
        par_saisine.setdefault(saisine_id, []).append(ecrivant)
    return par_saisine


def get_brouillon(compte: Compte | None, brouillon_id: int) -> BrouillonReponse | None:
    """Return a draft of `compte`."""
    brouillon = db.session.get(BrouillonReponse, brouillon_id)
    return brouillon if brouillon is not None and peut_lire_brouillon(compte, brouillon) else None


def list_mes_brouillons(par: Compte) -> Sequence[BrouillonReponse]:
    """The drafts of `par`, latest first, at most 100."""
    query = (
        select(BrouillonReponse)
        .where(BrouillonReponse.compte_id == par.id)
        .options(
            joinedload(BrouillonReponse.saisine).options(
                joinedload(Saisine.fiche).load_only(Fiche.titre, Fiche.publication),
                joinedload(Saisine.acteur),
            ),
            selectinload(BrouillonReponse.pieces),
        )
        .order_by(BrouillonReponse.modifie_le.desc(), BrouillonReponse.id.desc())
    )
    return db.session.scalars(query.limit(100)).all()
