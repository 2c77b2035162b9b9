"""The bare pages of reference: plain Flask, SQLAlchemy Core and Jinja, with a list of 25 rows and one INSERT.

They share the server process, the database and the durability settings of the application, nothing else.
"""

from datetime import datetime
from typing import Any

from flask import Flask, render_template, request
from jinja2 import DictLoader
from sqlalchemy import (
    Column,
    DateTime,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
    insert,
    select,
)

PAGE = "/nue/fiches"
WRITE = "/nue/ecrire"
ROWS = 25

metadata = MetaData()
fiches = Table(
    "fiches",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("titre", String(120)),
    Column("statut", String(32)),
    Column("publication", String(32)),
    Column("deposee_le", DateTime(timezone=True)),
    Column("effectif_concerne", Integer),
)
written = Table(
    "bench_nue",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("texte", Text, nullable=False),
    Column("le", DateTime(timezone=True), nullable=False),
)

_TEMPLATE = """<!DOCTYPE html>
<html lang="fr">
<head><meta charset="utf-8"><title>Fiches</title></head>
<body>
<h1>Fiches</h1>
<table>
{% for row in rows %}<tr><td><a href="/fiches/{{ row.id }}">{{ row.titre }}</a></td><td>{{ row.statut }}</td>
<td>{{ row.deposee_le }}</td><td>{{ row.effectif_concerne }}</td></tr>
{% endfor %}</table>
</body>
</html>"""


def make_durable(engine: Engine) -> None:
    """Give SQLite the durability of the application: WAL, synchronous FULL, BEGIN IMMEDIATE to write."""
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def _on_connect(connection: Any, _record: Any) -> None:
            connection.isolation_level = None
            for pragma in ("busy_timeout = 4000", "journal_mode = WAL", "synchronous = FULL"):
                connection.execute(f"PRAGMA {pragma}")

        @event.listens_for(engine, "begin")
        def _on_begin(connection: Any) -> None:
            reads = connection.get_execution_options().get("reads")
            connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def create_bare_app(url: str) -> Flask:
    app = Flask("nue", static_folder=None)
    app.jinja_loader = DictLoader({"nue.html": _TEMPLATE})  # compiled once, as a file would be
    engine = create_engine(url)  # with a connection pool, as in the application
    make_durable(engine)
    columns = (fiches.c.id, fiches.c.titre, fiches.c.statut, fiches.c.deposee_le, fiches.c.effectif_concerne)
    newest = (
        select(*columns)
        .where(fiches.c.publication == "publiee")
        .order_by(fiches.c.deposee_le.desc(), fiches.c.id.desc())
        .limit(ROWS)
    )

    @app.get(PAGE)
    def page() -> str:
        with engine.connect().execution_options(reads=True) as connection:
            rows = connection.execute(newest).all()
        return render_template("nue.html", rows=rows)

    @app.post(WRITE)
    def write() -> tuple[str, int]:
        with engine.begin() as connection:
            connection.execute(insert(written).values(texte=request.form["texte"], le=datetime.now()))
        return "", 204

    return app
