"""The command `mse purger`."""

import click

from mse.core.conservation import list_termes
from mse.core.text import _, nombre
from mse.donnees_personnelles.purger import essayer
from mse.donnees_personnelles.purger import purger as purger_maintenant


@click.command("purger", help="Efface ce qui a été gardé assez longtemps, comme chaque nuit, et dit combien.")
@click.option("--essai", is_flag=True, help="Compte seulement\u202f: rien n’est effacé.")
@click.pass_context
def purger(ctx: click.Context, essai: bool) -> None:
    comptes = essayer() if essai else purger_maintenant()
    for terme in list_termes():
        compte = comptes[terme.nom]
        dit = _("échec, voir le journal du programme") if compte is None else nombre(compte)
        click.echo(f"{terme.quoi}\u202f: {dit}")
    if essai:
        click.echo(_("Essai\u202f: rien n’a été effacé."))
    if None in comptes.values():
        ctx.exit(1)


COMMANDS = [purger]
