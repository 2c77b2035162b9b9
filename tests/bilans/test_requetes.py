"""The pages of reports read as many statements for one fiche or acteur as for fifty."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event

from devtools.factories import Monde, make_acteur, make_agent
from mse.bilans.chiffres import Chiffres
from mse.bilans.models import BilanActeur
from mse.bilans.trimestres import Trimestre
from mse.core.clock import at
from mse.extensions import db
from tests.bilans.trimestre import APRES, count_on, make_dues, midi

pytestmark = pytest.mark.usefixtures("jour")

T4 = Trimestre(2026, 4)


def _counter(navigateur: Any, page: str) -> Callable[[], int]:
    """Return a function that opens the page and counts its statements."""

    def count() -> int:
        requetes: list[str] = []
        note = lambda *arguments: requetes.append(arguments[2])  # noqa: E731
        db.session.rollback()
        event.listen(db.engine, "before_cursor_execute", note)
        try:
            assert navigateur.get(page).status_code == 200
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
        return len(requetes)

    return count


def test_un_bilan_d_une_fiche_ou_de_cinquante(monde: Monde, as_: Any) -> None:
    with at(midi(APRES)):
        count = _counter(as_(monde.agent), f"/acteurs/{monde.transports.id}/bilans/2026-T4")
        count()
        une = count()
    make_dues(monde, monde.transports, nombre=50, tenues=20)
    with at(midi(APRES)):
        assert count() == une


def test_un_envoi_ou_cinquante(monde: Monde, as_: Any) -> None:
    count_on(APRES)
    with at(midi(APRES)):
        count = _counter(as_(monde.animatrice), "/acteurs/bilans/2026-T4/envoi")
        count()
        un = count()
        for rang in range(50):
            acteur = make_acteur(f"Service {rang}")
            make_agent(acteur, "Ada", referent=True)
            chiffres = Chiffres(dues=3, tenues=1, repondues=1)
            db.session.add(
                BilanActeur(debut=T4.debut, acteur_id=acteur.id, part=chiffres.part, **chiffres.figer())
            )
        db.session.commit()
        assert count() == un
