"""Commands about accounts. An error is printed as one sentence (see `mse.cli`)."""

import sys

import click

from mse.comptes.use_cases import creer_compte
from mse.core.text import _
from mse.core.web import lien


@click.command("creer-administrateur", help="Crée le compte d’une personne qui administre l’instance.")
@click.option("--courriel", prompt="Adresse électronique", help="Pour se connecter.")
@click.option("--prenom", prompt="Prénom")
@click.option("--nom", prompt="Nom")
@click.option("--mot-de-passe-stdin", is_flag=True, help="Lit le mot de passe sur l’entrée standard.")
def creer_administrateur(courriel: str, prenom: str, nom: str, mot_de_passe_stdin: bool) -> None:
    if mot_de_passe_stdin:
        mot_de_passe = sys.stdin.readline().rstrip("\r\n")
    else:
        mot_de_passe = click.prompt(
            "Mot de passe (15 caractères au moins)", hide_input=True, confirmation_prompt="Encore une fois"
        )
    creer_compte(
        prenom=prenom,
        nom=nom,
        courriel=courriel,
        mot_de_passe=mot_de_passe,
        est_administrateur=True,
        par=None,
    )
    click.echo(_("Le compte d’administration de %(prenom)s %(nom)s est créé.", prenom=prenom, nom=nom))
    click.echo(_("Connectez-vous : %(url)s", url=lien("comptes.connexion")))


COMMANDS = [creer_administrateur]
