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
from mse.notifications.models import Annonce
from mse.suivis.models import Abonne, Suivi


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


def test_les_abonnes_des_bulletins_suivent_encore_avec_leurs_liens(neuve: Any) -> None:
    """The links of their mails keep working, and a question that was not sent yet is sent."""
    schema.upgrade("0015_pieces_reponses")
    jour = "2026-11-16 09:00:00+00:00"
    for ident, confirme in ((7, jour), (8, None)):
        db.session.execute(
            text("INSERT INTO bulletins_abonnes VALUES (:id, :cle, :courriel, :jour, :confirme)"),
            {
                "id": ident,
                "cle": f"cle{ident}",
                "courriel": f"{ident}@exemple.fr",
                "jour": jour,
                "confirme": confirme,
            },
        )
    db.session.execute(
        text("INSERT INTO annonces VALUES (1, 'AbonnementDemande', :charge, :jour, :jour, 0)"),
        {"charge": '{"par_id": null, "abonne_id": 8}', "jour": jour},
    )
    db.session.commit()
    db.session.remove()
    schema.upgrade()
    suivis = db.session.scalars(select(Suivi).order_by(Suivi.id)).all()
    assert [(une.cle, une.abonne and une.abonne.courriel, une.confirme_le is None) for une in suivis] == [
        ("cle7", "7@exemple.fr", False),
        ("cle8", "8@exemple.fr", True),
    ]
    annonce = db.session.scalars(select(Annonce)).one()
    assert (annonce.evenement, annonce.charge) == (
        "SuiviDemande",
        {"suivi_id": suivis[1].id, "par_id": None},
    )
    db.session.add(Abonne(cle="neuve", courriel="neuve@exemple.fr"))
    db.session.commit()
