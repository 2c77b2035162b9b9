"""Count again the other promotions that have the problem of a fiche, and their people."""

from collections.abc import Collection

from sqlalchemy import or_, select, update

from mse.extensions import db
from mse.fiches.models import Fiche
from mse.soutiens.models import Soutien


def count_again(fiche_ids: Collection[int]) -> None:
    """Write `nombre_soutiens`, `personnes_aussi` and `nombre_reunies` of these fiches. A promotion counts
    once, with the greatest of its numbers: in a group of merged fiches it may support one and have written
    another."""
    for fiche_id in sorted(fiche_ids):
        _count(fiche_id)


def _count(fiche_id: int) -> None:
    groupe = select(Fiche.id, Fiche.promotion_id, Fiche.effectif_concerne).where(
        or_(Fiche.id == fiche_id, Fiche.reunie_a_id == fiche_id)
    )
    fiches = {row.id: row for row in db.session.execute(groupe)}
    par_promotion: dict[int, int] = {}
    soutiens = select(Soutien.promotion_id, Soutien.personnes).where(
        Soutien.fiche_id.in_(fiches), Soutien.retire_le.is_(None)
    )
    paires = [(row.promotion_id, row.effectif_concerne or 0) for row in fiches.values()]
    paires += [(row.promotion_id, row.personnes) for row in db.session.execute(soutiens)]
    for promotion_id, personnes in paires:
        par_promotion[promotion_id] = max(personnes, par_promotion.get(promotion_id, 0))
    par_promotion.pop(fiches[fiche_id].promotion_id, None)
    valeurs = {
        "nombre_soutiens": len(par_promotion),
        "personnes_aussi": sum(par_promotion.values()),
        "nombre_reunies": len(fiches) - 1,
    }
    db.session.execute(update(Fiche).where(Fiche.id == fiche_id).values(**valeurs))
