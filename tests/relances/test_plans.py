"""The ladder reads through indexes: a scan of the reminders for each saisine would take hours."""

from datetime import date

import pytest
from sqlalchemy import text

from devtools.factories import Monde
from mse.core.clock import now
from mse.core.use_cases import use_case
from mse.extensions import db
from mse.relances.models import Relance
from mse.relances.queries import list_inachevees, select_a_relancer
from mse.relances.workflow import Palier, list_tranches
from tests.relances.jours import run_ladder

pytestmark = pytest.mark.usefixtures("jour")

AVANT = date(2026, 12, 10)  # two working days before the due date of what is filed on 16 November


def test_chaque_saisine_trouve_ses_rappels_par_un_index(monde: Monde) -> None:
    run_ladder(AVANT)
    query = select_a_relancer(list_tranches(AVANT)[0], le=AVANT, apres=(AVANT, 1), nombre=10)
    explain = "EXPLAIN QUERY PLAN"
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SET LOCAL enable_seqscan = off"))  # few rows: it would scan them
        explain = "EXPLAIN"
    statement = query.compile(db.engine, compile_kwargs={"literal_binds": True})
    plan = "\n".join(str(row) for row in db.session.execute(text(f"{explain} {statement}")))
    assert "uq_relances_echelle" in plan
    assert "ix_saisines_retard" in plan


def test_seuls_les_jours_apres_le_dernier_complet_sont_a_reprendre(monde: Monde) -> None:
    run_ladder(AVANT)
    _record_reminder(monde.saisine.id, date(2026, 12, 11))
    assert list_inachevees(date(2026, 12, 14)) == [date(2026, 12, 11)]
    assert list_inachevees(date(2026, 12, 11)) == []


@use_case
def _record_reminder(saisine_id: int, jour: date) -> None:
    relance = Relance(saisine_id=saisine_id, echeance=jour, palier=Palier.JOUR, jour=jour, le=now())
    db.session.add(relance)
