"""The worker is stopped at twenty random points of the ladder: nothing is lost and nothing is doubled."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import event, func, select

from devtools.factories import Monde, make_acteur, make_agent, make_fiche
from mse.core.clock import at
from mse.extensions import db
from mse.relances.models import Relance
from mse.relances.use_cases import relancer
from tests.notifications.conftest import take_mails
from tests.relances.jours import run_ladder

pytestmark = pytest.mark.usefixtures("jour")

COUPURES = 20
AVANT = date(2026, 12, 10)  # two working days before the due date of what is filed on 16 November


class _Stopped(BaseException):
    """Simulate a kill of the worker: no handler of the code catches this."""


@contextmanager
def _stop_at(nombre: int) -> Iterator[None]:
    """Raise `_Stopped` at the SQL statement of this rank."""
    faites = 0

    def count(*_args: Any) -> None:
        nonlocal faites
        faites += 1
        if faites == nombre:
            raise _Stopped

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        yield
    finally:
        event.remove(db.engine, "before_cursor_execute", count)


def test_la_relance_d_un_jour_interrompu_rejoint_celle_du_lendemain(
    monde: Monde,
) -> None:
    """The worker stops before it prepares the mails; the association reminds on both days."""
    take_mails()
    with at(datetime.combine(AVANT, time(5), UTC)):
        relancer.relancer_saisine(monde.saisine, par=monde.animatrice)
    lendemain = AVANT + timedelta(days=1)
    with at(datetime.combine(lendemain, time(5), UTC)):
        relancer.relancer_saisine(monde.saisine, par=monde.animatrice)
    recus = run_ladder(lendemain)
    assert recus == {str(agent.courriel): [monde.fiche.titre] for agent in (monde.agent, monde.referent)}


def test_vingt_arrets_ne_perdent_ni_ne_doublent_rien(monde: Monde, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relancer, "LOT", 3)
    monkeypatch.setattr(relancer, "LOT_ACTEURS", 2)
    attendus: dict[str, set[str]] = {}
    for numero in range(6):
        acteur = make_acteur(f"Service {numero}", courriel=None)
        agents = [make_agent(acteur, f"Agent{numero}{rang}") for rang in range(2)]
        titres = {f"Fiche {numero}.{rang}" for rang in range(3)}
        for titre in titres:
            make_fiche(monde.promotion, monde.samira, acteur, titre=titre)
        attendus.update({str(agent.courriel): titres for agent in agents})
    attendus.update({str(agent.courriel): {monde.fiche.titre} for agent in (monde.agent, monde.referent)})
    take_mails()
    hasard, arrets = Random(2004), 0
    with at(datetime.combine(AVANT, time(9), UTC)):
        for _fois in range(COUPURES):
            try:
                with _stop_at(hasard.randint(1, 30)):
                    relancer.relancer_du_jour()
            except _Stopped:
                arrets += 1
            db.session.remove()
    recus = run_ladder(AVANT, heure=10)
    assert arrets >= COUPURES // 2
    assert {adresse: set(titres) for adresse, titres in recus.items()} == attendus
    assert db.session.scalar(select(func.count()).select_from(Relance)) == 19
