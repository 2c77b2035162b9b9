"""The commands `mse sauvegarder` and `mse restaurer`."""

from pathlib import Path

import click

from mse.core.text import _, ngettext, nombre
from mse.extensions import db
from mse.sauvegarde.manifeste import Manifeste

_FICHIER = click.argument("fichier", type=click.Path(dir_okay=False, path_type=Path))


@click.command(
    "sauvegarder",
    help="Met l’instance, qui continue de servir, dans un fichier : base et fichiers joints.",
)
@_FICHIER
def sauvegarder_(fichier: Path) -> None:
    from mse.sauvegarde.sauvegarder import list_omitted_files, sauvegarder

    click.echo(_("Sauvegarde faite : %(compte)s.", compte=_count(sauvegarder(db.engine, fichier))))
    if laisses := list_omitted_files():
        click.echo(
            _(
                "Laissés de côté, car leurs noms ne sont pas ceux que le site écrit : %(noms)s.",
                noms=", ".join(laisses),
            ),
            err=True,
        )


@click.command(
    "restaurer", help="Remet une sauvegarde dans une instance neuve, sur SQLite ou sur PostgreSQL."
)
@_FICHIER
def restaurer_(fichier: Path) -> None:
    from mse.sauvegarde.restaurer import restaurer  # the web processes do not load Alembic

    compte = _count(restaurer(db.engine, fichier))
    click.echo(_("Instance restaurée : %(compte)s, vérifiés. Vous pouvez démarrer le site.", compte=compte))


def _count(manifeste: Manifeste) -> str:
    lignes, fichiers = manifeste.lignes, len(manifeste.fichiers)
    return ", ".join(
        (
            ngettext("%(nombre)s ligne", "%(nombre)s lignes", lignes, nombre=nombre(lignes)),
            ngettext("%(nombre)s fichier", "%(nombre)s fichiers", fichiers, nombre=nombre(fichiers)),
        )
    )


COMMANDS = [sauvegarder_, restaurer_]
