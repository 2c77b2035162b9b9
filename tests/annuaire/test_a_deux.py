"""Two people change the directory in the same instant: the second one sees what the first one did."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from mse.annuaire.use_cases.gerer import modifier_acteur
from mse.annuaire.use_cases.importer import importer_organismes
from mse.core.use_cases import batch
from mse.extensions import db
from tests.annuaire.liste_organismes import ENTETE, A, B, acteur, issues, ligne
from tests.fabrique import Monde

pytestmark = pytest.mark.parametrize("app", ["postgresql"], indirect=True)  # SQLite has one writer at a time

_SOMEBODY_WAITS = text(
    "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
)


def meanwhile(app: Flask, first: Callable[[], Any], second: Callable[[], Any]) -> Any:
    """`second` reads when `first` has written and not yet committed; what it gives, or raises."""

    def act() -> Any:
        with app.app_context():
            try:
                return second()
            finally:
                db.session.remove()

    with ThreadPoolExecutor(1) as pool:
        with batch():
            first()
            attente = pool.submit(act)
            while not attente.done() and not db.session.scalar(_SOMEBODY_WAITS):
                sleep(0.01)
        return attente.result(10)


def test_une_correction_pendant_l_import_n_arrete_pas_l_import(
    app: Flask, monde: Monde, tmp_path: Path
) -> None:
    chemin = tmp_path / "liste.csv"

    def charge(nom: str) -> list[str]:
        lignes = [ENTETE, ligne(A, nom), ligne(B, nom), ""]
        chemin.write_text("\n".join(lignes))
        return issues(list(importer_organismes(chemin)))

    charge("LAVANDE")
    lavande = acteur(A)
    suite = meanwhile(
        app,
        lambda: modifier_acteur(lavande, par=monde.admin, nom="Lavande Formation"),
        lambda: charge("LAVANDE SARL"),
    )
    assert suite == ["inchange", "actualise"]
    db.session.expire_all()
    assert acteur(A).nom == "Lavande Formation"  # what a person corrected stays
    assert acteur(B).nom == "LAVANDE SARL"
