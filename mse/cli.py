"""The command `mse`.

Every command runs in an application context. An error is printed as one sentence.
"""

from collections.abc import Callable
from typing import Any

import click
from flask import Flask
from granian.constants import Interfaces
from granian.server import Server
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError, ProgrammingError

from mse.annuaire.cli import COMMANDS as ANNUAIRE
from mse.app import create_app
from mse.comptes.cli import COMMANDS as COMPTES
from mse.comptes.models import Compte
from mse.config import ConfigDangereuse
from mse.core.database import reading, wait_longer_for_locks
from mse.core.errors import ErreurMetier
from mse.core.memory import freeze_loaded_objects, give_memory_back
from mse.core.web.logs import describe_logging
from mse.demo.cli import COMMANDS as DEMO
from mse.donnees_personnelles.cli import COMMANDS as DONNEES_PERSONNELLES
from mse.extensions import db
from mse.fiches.models import Fiche
from mse.imports.cli import COMMANDS as IMPORTS
from mse.meteo.cli import COMMANDS as METEO
from mse.notifications.cli import COMMANDS as NOTIFICATIONS
from mse.recherche.cli import COMMANDS as RECHERCHE
from mse.representation.cli import COMMANDS as REPRESENTATION
from mse.sauvegarde.cli import COMMANDS as SAUVEGARDE


class _Sentences(click.Group):
    """Print a refusal as one sentence on stderr, with exit code 1, never as a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ErreurMetier as error:
            phrase = str(error)
        except (OperationalError, ProgrammingError) as error:
            cause = str(error.orig).partition("\n")[0]
            phrase = f"la base de données ne répond pas comme prévu ({cause}). A-t-elle reçu « mse migrer » ?"
        click.echo(f"mse : {phrase}", err=True)
        ctx.exit(1)


@click.group(cls=_Sentences, help="Mission (im)possible : administrer une instance.")
@click.pass_context
def cli(ctx: click.Context) -> None:
    app = create_app()
    ctx.obj = app
    ctx.with_resource(app.app_context())
    if ctx.invoked_subcommand != "serve":
        wait_longer_for_locks(db.engine)


@cli.command(help="Met la base de données à jour.")
@click.option(
    "--brouillon", metavar="PHRASE", help="Écrit plutôt une révision à relire, d’après les modèles."
)
def migrer(brouillon: str | None) -> None:
    from mse import schema  # imported here: the web processes do not load Alembic

    if brouillon:
        schema.draft(brouillon)
        return
    schema.upgrade()
    click.echo("La base de données est à jour.")


@cli.command(help="Sert le site sur cette machine.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--processus", default=2, show_default=True, type=click.IntRange(1, 64))
@click.pass_obj
def serve(app: Flask, host: str, port: int, processus: int) -> None:
    settings = app.config["MSE"]
    if settings.mode == "demo" and host not in ("127.0.0.1", "localhost", "::1"):
        raise ConfigDangereuse("le mode démo ne sert que cette machine (127.0.0.1).")
    with reading():  # the worker may hold the write lock of SQLite for longer than a request waits
        refuse_demo_accounts_in_production(app)
        give_memory_back()
        _warm_up(app)
    server = Server(
        "wsgi:app",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processus,
        blocking_threads=4,
        respawn_failed_workers=True,
        log_access=False,
        log_dictconfig=describe_logging() if settings.journaux == "json" else None,
    )
    server.serve(target_loader=lambda: app, wrap_loader=False)


def _warm_up(app: Flask) -> None:
    """Load compiled templates and cached statements before the fork, so that all processes share their
    memory."""
    for name in app.jinja_env.list_templates(extensions=["html"]):
        if not name.startswith("emails/"):  # rendered by the worker only
            app.jinja_env.get_template(name)
    visitor = app.test_client()
    fiche = db.session.scalar(select(func.max(Fiche.id))) or 0
    for page in ("/", "/fiches", f"/fiches/{fiche}", "/acteurs", "/connexion"):
        visitor.get(page, base_url=app.config["MSE"].url)
    db.session.remove()
    db.engine.dispose()  # a connection must not be shared across the fork
    freeze_loaded_objects()


def refuse_demo_accounts_in_production(app: Flask) -> None:
    if app.config["MSE"].mode != "production":
        return
    found = db.session.scalar(select(Compte.id).where(Compte.est_demonstration).limit(1))
    db.session.rollback()  # otherwise the transaction stays open while serving and blocks all writers
    if found is not None:
        raise ConfigDangereuse(
            "cette base contient des comptes de démonstration, dont le mot de passe est public : "
            "utilisez une base neuve en production."
        )


for command in (
    *ANNUAIRE,
    *COMPTES,
    *DEMO,
    *DONNEES_PERSONNELLES,
    *IMPORTS,
    *METEO,
    *NOTIFICATIONS,
    *RECHERCHE,
    *REPRESENTATION,
    *SAUVEGARDE,
):
    cli.add_command(command)

main: Callable[..., Any] = cli
