"""The command that loads the demonstration. An error is displayed as one sentence (see `mse.cli`)."""

import click
from flask import current_app

from mse.core.errors import Interdit
from mse.core.text import _
from mse.demo.chargement import charger, est_une_demonstration, est_vide
from mse.demo.personnes import MOT_DE_PASSE, VEDETTES


@click.command(help="Charge la démonstration dans une base vide et dit avec quels comptes l’essayer.")
@click.option("--si-vide", is_flag=True, help="Ne fait rien si la base contient déjà quelque chose.")
def demo(si_vide: bool) -> None:
    if current_app.config["MSE"].mode == "production":
        raise Interdit(_("La démonstration ne se charge pas en production : son mot de passe est public."))
    if not si_vide or est_vide():
        charger(current_app.config["SECRET_KEY"])
        click.echo(_("La démonstration est chargée."))
    if est_une_demonstration():
        _print_accounts()


def _print_accounts() -> None:
    click.echo(_("Comptes, mot de passe de tous : %(mot_de_passe)s", mot_de_passe=MOT_DE_PASSE))
    largeur = max(len(vedette.courriel) for vedette in VEDETTES)
    for vedette in VEDETTES:
        click.echo(f"  {vedette.courriel:<{largeur}}  {vedette.role}")


COMMANDS = [demo]
