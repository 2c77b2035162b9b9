"""The journal is append-only; its lines are deleted after five years, not before."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from mse.core.clock import now
from mse.extensions import db
from mse.journal.models import LigneJournal
from mse.journal.use_cases import oublier_lignes


@pytest.fixture
def lignes(app: Flask) -> None:
    """A line of six years ago, one of almost five, one of today."""
    for jours in (6 * 366, 5 * 365 - 3, 0):
        le = now() - timedelta(days=jours)
        db.session.add(LigneJournal(le=le, action=f"il_y_a_{jours}", objet="fiche", objet_id=1))
        db.session.flush()
    db.session.commit()


def test_seules_les_lignes_de_plus_de_cinq_ans_sont_effacees(lignes: None) -> None:
    assert [oublier_lignes(), oublier_lignes()] == [1, 0]
    siennes = select(LigneJournal.action).where(LigneJournal.action.like("il_y_a_%"))
    actions = db.session.scalars(siennes.order_by(LigneJournal.id)).all()
    assert actions == [f"il_y_a_{5 * 365 - 3}", "il_y_a_0"]


@pytest.mark.parametrize("jours", [5 * 365 - 3, 0])
def test_une_ligne_plus_jeune_ne_s_efface_pas(lignes: None, jours: int) -> None:
    with pytest.raises(DBAPIError, match="ne se réécrit pas"):
        db.session.execute(delete(LigneJournal).where(LigneJournal.action == f"il_y_a_{jours}"))
    db.session.rollback()


def test_une_ligne_ne_se_reecrit_jamais(lignes: None) -> None:
    with pytest.raises(DBAPIError, match="ne se réécrit pas"):
        db.session.execute(update(LigneJournal).values(action="autre"))
    db.session.rollback()
