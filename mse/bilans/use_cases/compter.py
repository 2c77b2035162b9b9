"""Use case of the worker: store the figures of each acteur and quarter."""

from datetime import date
from typing import Any

from sqlalchemy import delete, insert

from mse.bilans.chiffres import Chiffres
from mse.bilans.models import BilanActeur, TrimestreCompte
from mse.bilans.queries.difficultes import find_a_compter
from mse.bilans.queries.dues import count_acteurs
from mse.bilans.trimestres import Trimestre
from mse.core.clock import now, today
from mse.core.database import one_at_a_time, reading
from mse.core.use_cases import release, use_case
from mse.extensions import db


def compter_trimestres() -> None:
    """Worker task: compute the current quarter, and the one before, whose late answers and verdicts still
    arrive; then older quarters that were never computed."""
    le = today()
    courant = Trimestre.du(le)
    for trimestre in (courant, courant.precedent):
        compter(trimestre, le=le)
    while (ancien := _find_ancien(le)) is not None:
        compter(ancien, le=le)


def compter(trimestre: Trimestre, *, le: date) -> None:
    """Compute and store the figures of a quarter. No lock is held while the facts are read."""
    release()
    with reading():
        chiffres = count_acteurs(trimestre, le=le)
    release()
    _ecrire(trimestre, chiffres, trimestre.compte_jusqu_au(le))


def _find_ancien(le: date) -> Trimestre | None:
    with reading():
        trimestre = find_a_compter(le)
    release()
    return trimestre


@use_case
def _ecrire(trimestre: Trimestre, chiffres: dict[int, Chiffres], jusqu_au: date) -> None:
    one_at_a_time("bilans")
    for table in (BilanActeur, TrimestreCompte):
        db.session.execute(delete(table).where(table.debut == trimestre.debut))
    lignes: list[dict[str, Any]] = [
        {"debut": trimestre.debut, "acteur_id": acteur_id, "part": une.part, **une.figer()}
        for acteur_id, une in chiffres.items()
    ]
    if lignes:
        db.session.execute(insert(BilanActeur), lignes)
    db.session.execute(
        insert(TrimestreCompte), {"debut": trimestre.debut, "jusqu_au": jusqu_au, "calcule_le": now()}
    )
