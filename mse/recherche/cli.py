"""The command `mse reindexer`."""

import click

from mse.core.text import ngettext, nombre
from mse.recherche.use_cases import reindex


@click.command(
    "reindexer",
    help="Refait l’index de la recherche. Le site continue de servir\u202f; il trouve moins en attendant.",
)
def reindexer() -> None:
    done = 0

    def progress(number: int) -> None:
        nonlocal done
        done = number
        click.echo(f"\r{nombre(number)}", nl=False, err=True)

    reindex(progress)
    click.echo("", err=True)
    click.echo(ngettext("%(nombre)s page indexée.", "%(nombre)s pages indexées.", done, nombre=nombre(done)))


COMMANDS = [reindexer]
