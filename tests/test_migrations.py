"""Migrations lose no data of an instance in use."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import MetaData, Table, func, select, text

from devtools.factories import LONGUE, build_monde, make_acteur
from devtools.postgres import Cluster
from mse.app import create_app
from mse.config import read_settings
from mse.extensions import db
from mse.fiches.use_cases.suivre import demander_reouverture
from mse.fiches.use_cases.traiter import repondre_saisine
from mse.schema import downgrade, upgrade

_LE_SOCLE = "0002"


@pytest.fixture(params=["sqlite", "postgresql"])
def ancienne(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
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


def test_une_mise_a_jour_ne_perd_rien(ancienne: Any) -> None:
    from mse.annuaire.use_cases.initialiser import initialiser

    upgrade()
    initialiser()
    build_monde()
    db.session.remove()
    avant = _counts()
    downgrade(revision=_LE_SOCLE)
    au_socle = _counts()
    assert {name: avant[name] for name in au_socle} == au_socle
    upgrade()
    assert {name: _counts()[name] for name in au_socle} == au_socle
    if db.engine.dialect.name == "sqlite":
        assert db.session.execute(text("PRAGMA foreign_key_check")).all() == []


def test_une_demande_restee_d_un_tour_passe_se_ferme(ancienne: Any) -> None:
    from mse.annuaire.use_cases.initialiser import initialiser

    upgrade()
    initialiser()
    monde = build_monde()
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    demander_reouverture(monde.saisine, "Le car arrive toujours trop tard.", par=monde.samira)
    assert _remise_a_jour() == "demandee"
    db.session.execute(text("UPDATE saisines SET tour = 2, statut = 'reglee'"))
    db.session.commit()
    assert _remise_a_jour() == "refusee"
    demander_reouverture(monde.saisine, "Le car arrive toujours trop tard.", par=monde.samira)


def _remise_a_jour() -> str | None:
    """Run migration 0021 again and return the state of the request to reopen."""
    db.session.rollback()
    downgrade(revision="0020")
    upgrade()
    etat = db.session.scalar(text("SELECT etat FROM demandes_reouverture"))
    db.session.rollback()
    return etat


def test_la_meteo_se_recompte_quand_sa_definition_change(ancienne: Any) -> None:
    """After the migration the worker recomputes every stored day. Published bulletins keep their figures."""
    from mse.annuaire.use_cases.initialiser import initialiser

    upgrade()
    initialiser()
    db.session.execute(text("INSERT INTO meteo_jours VALUES ('2026-03-02', '2026-03-02 09:00:00+00:00')"))
    db.session.execute(text("INSERT INTO meteo_jours VALUES ('2026-03-03', '2026-03-03 09:00:00+00:00')"))
    db.session.commit()
    downgrade(revision="0028")
    upgrade()
    assert [str(jour) for jour in db.session.scalars(text("SELECT depuis FROM meteo_reprises"))] == [
        "2026-03-02"
    ]


def test_les_noms_deja_la_se_trient_en_francais(ancienne: Any) -> None:
    from mse.annuaire.use_cases.initialiser import initialiser

    upgrade()
    initialiser()
    noms = ["École", "Zeste", "du Paillon", "Égalité", "Santé"]
    for nom in noms:
        make_acteur(nom)
    db.session.remove()
    downgrade(revision="0029")
    upgrade()
    tries = text("SELECT nom FROM acteurs ORDER BY tri, id")
    assert list(db.session.scalars(tries)) == ["du Paillon", "École", "Égalité", "Santé", "Zeste"]
