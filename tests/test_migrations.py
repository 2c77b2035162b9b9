"""Migrations lose no data of an instance in use, and go back to an empty database."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import CheckConstraint, Enum, MetaData, Table, func, inspect, select, text

from devtools.factories import build_monde
from devtools.postgres import Cluster
from mse import schema
from mse.annuaire.use_cases.initialiser import initialiser
from mse.app import create_app
from mse.config import read_settings
from mse.extensions import db


@pytest.fixture(params=["sqlite", "postgresql"])
def neuve(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """An application on a new, empty database."""
    url = ""
    if request.param == "postgresql":
        cluster: Cluster = request.getfixturevalue("postgres")
        url = cluster.new_database(f"migrations_{tmp_path.name}".lower())
    application = create_app(read_settings({"MSE_INSTANCE": str(tmp_path), "MSE_DATABASE_URL": url}))
    with application.app_context():
        yield application
        db.session.remove()
        db.engine.dispose()


def _counts() -> dict[str, int]:
    metadata = MetaData()
    metadata.reflect(db.engine)
    with db.engine.connect() as connection:
        return {
            name: connection.scalar(select(func.count()).select_from(Table(name, metadata))) or 0
            for name in metadata.tables
            if name != "alembic_version"
        }


def test_une_mise_a_jour_ne_perd_rien(neuve: Any, migration_suivante: str) -> None:
    """SQLite rebuilds a table by dropping it: the rows that refer to it must stay."""
    schema.upgrade(migration_suivante)
    initialiser()
    build_monde()
    db.session.remove()
    avant = _counts()
    assert avant["saisines"]
    schema.upgrade()
    assert _counts() == avant
    assert db.session.scalar(text("SELECT essai FROM fiches")) == 7
    db.session.rollback()
    schema.downgrade(revision=migration_suivante)
    assert _counts() == avant
    if db.engine.dialect.name == "sqlite":
        assert db.session.execute(text("PRAGMA foreign_key_check")).all() == []


def test_le_schema_se_defait_en_entier(neuve: Any) -> None:
    schema.upgrade()
    schema.downgrade(revision="base")
    assert inspect(db.engine).get_table_names() == ["alembic_version"]
    schema.upgrade()
    assert "journal" in inspect(db.engine).get_table_names()


def test_les_migrations_admettent_chaque_valeur(neuve: Any) -> None:
    """`compare_metadata` reads no CHECK constraint: a new value of an enum needs its own migration."""
    schema.upgrade()
    manquent = []
    for table in db.metadata.tables.values():
        checks = {
            check["name"]: check["sqltext"] for check in inspect(db.engine).get_check_constraints(table.name)
        }
        for column in table.columns:
            if isinstance(column.type, Enum):
                admises = checks[f"ck_{table.name}_{column.type.name}"]
                manquent += [
                    f"{column}: {valeur}" for valeur in column.type.enums if f"'{valeur}'" not in admises
                ]
    assert manquent == []


def test_aucune_contrainte_ne_se_perd_en_chemin(neuve: Any) -> None:
    """SQLite forgets the CHECK constraints of a table that a migration builds again without naming them."""
    schema.upgrade()
    existantes = inspect(db.engine)
    for table in db.metadata.sorted_tables:
        voulues = {une.name for une in table.constraints if isinstance(une, CheckConstraint)}
        assert {une["name"] for une in existantes.get_check_constraints(table.name)} == voulues, table.name
