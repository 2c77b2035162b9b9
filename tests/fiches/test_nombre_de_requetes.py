"""Answering and filing load nothing twice inside their transaction."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from flask import request
from sqlalchemy import event

from devtools.factories import LONGUE, Monde, make_brouillon
from mse.extensions import db

pytestmark = pytest.mark.usefixtures("jour")


@pytest.fixture
def lectures(app: Any) -> Iterator[Counter[str]]:
    """Count the SELECTs of POST requests by their first table. A lock counts as «verrou»."""
    comptees: Counter[str] = Counter()

    def note(_connection: Any, _cursor: Any, requete: str, *_rest: Any) -> None:
        if request and request.method == "POST" and requete.startswith("SELECT") and "FROM" in requete:
            table = requete.partition("FROM ")[2].split()[0]
            comptees["verrou" if "FOR UPDATE" in requete else table] += 1

    engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield comptees
    event.remove(engine, "before_cursor_execute", note)


def test_repondre_lit_la_saisine_et_le_compte_une_fois_par_transaction(
    monde: Monde, as_: Any, lectures: Counter[str]
) -> None:
    page = f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}/reponse"
    assert as_(monde.agent).poster(page, texte=LONGUE).status_code == 303
    une_fois = ("sessions", "comptes", "brouillons_reponse", "pieces_reponses", "journal")
    _expect(lectures, {"saisines": 2, **dict.fromkeys(une_fois, 1)})


def test_deposer_lit_la_fiche_et_le_compte_une_fois_par_transaction(
    monde: Monde, as_: Any, lectures: Counter[str]
) -> None:
    fiche = make_brouillon(monde.promotion, monde.samira, destinataires=[monde.transports.id])
    page = f"/fiches/{fiche.id}/brouillon/relecture"
    assert as_(monde.samira).poster(page).status_code == 303
    _expect(lectures, {"sessions": 1, "fiches": 2, "comptes": 1, "acteurs": 1, "journal": 1}, "classes")


def _expect(lectures: Counter[str], attendues: dict[str, int], *verrouillees: str) -> None:
    """PostgreSQL locks the fiche and the rows of `verrouillees`. SQLite reads these rows instead."""
    if db.engine.dialect.name == "postgresql":
        suite = {"verrou": 1 + len(verrouillees)}
    else:
        suite = dict.fromkeys(verrouillees, 1)
    assert dict(lectures) == {**attendues, **suite}
