"""What waits is found through indexes; a page makes as many statements for one row as for many."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, text

from devtools.factories import Monde
from mse.classe.queries.classes import select_contributions_recues
from mse.classe.queries.mots import select_mots_a_lire
from mse.classe.use_cases.mots import donner_code, laisser_mot
from mse.extensions import db
from tests.classe.classe import open_class, send, sender


@pytest.mark.parametrize(
    ("query", "index"),
    [(select_contributions_recues, "ix_contributions_"), (select_mots_a_lire, "ix_mots_")],
)
def test_ce_qui_attend_se_trouve_par_un_index(app: Flask, monde: Monde, query: Any, index: str) -> None:
    _fiche, lien = open_class(monde)
    send(lien)
    db.session.rollback()
    explain = "EXPLAIN QUERY PLAN"
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SET enable_seqscan = off"))  # few rows: it would scan them
        explain = "EXPLAIN"
    siennes = {"delegue_de": [monde.promotion.id], "promotions": [monde.promotion.id]}
    statement = query().params(**siennes).compile(db.engine, compile_kwargs={"literal_binds": True})
    plan = "\n".join(str(row) for row in db.session.execute(text(f"{explain} {statement}")))
    assert index in plan


def test_trente_contributions_ne_font_pas_plus_de_requetes(app: Flask, monde: Monde, as_: Any) -> None:
    fiche, lien = open_class(monde)
    code = donner_code(monde.promotion, par=monde.samira)
    samira, faites = as_(monde.samira), list[int]()
    pages = f"/fiches/{fiche.id}/classe", f"/promotions/{monde.promotion.id}/mots", "/mon-espace"
    for rang in range(29):
        send(lien, appareil=str(rang))
        laisser_mot("Il fait froid.", "Inès", cle=str(rang), de=sender(code, str(rang)))
        if rang in (0, 28):
            faites.append(_count_statements(samira, pages))
    assert faites[0] == faites[1]


def _count_statements(browser: Any, pages: tuple[str, ...]) -> int:
    found: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        found.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        for page in pages:
            assert browser.get(page).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(found)
