"""Commands that fill the directory of an instance. Errors are printed as one sentence (see `mse.cli`)."""

from pathlib import Path
from typing import Any

import click
from flask import current_app

from mse.annuaire.models import Nature
from mse.annuaire.use_cases import creer
from mse.annuaire.use_cases.initialiser import initialiser
from mse.annuaire.validation import exige_acteur, exige_compte, lire_commune
from mse.core.text import _
from mse.demarche import adopt

_ID = click.IntRange(1, 2**31 - 1)


@click.command("initialiser", help="Charge les territoires, les communes et les thèmes de la démarche.")
@click.option(
    "--demarche",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FICHIER",
    help="La démarche de cette instance, au lieu de celle qui est fournie : elle y est recopiée.",
)
def initialiser_(demarche: Path | None) -> None:
    if demarche:
        adopt(demarche, current_app.config["MSE"].instance)
    initialiser()
    click.echo(_("Les territoires, les communes et les thèmes sont à jour."))


@click.command("creer-acteur", help="Crée un acteur : un service ou un organisme de formation.")
@click.option("--nom", required=True)
@click.option("--nature", required=True, type=click.Choice([nature.value for nature in Nature]))
@click.option("--courriel", help="Boîte aux lettres de l’acteur ; elle n’est jamais publique.")
@click.option("--siret", help="14 chiffres.")
@click.option("--declaration", help="Numéro de déclaration d’activité.")
@click.option("--adresse")
@click.option("--commune", help="Son nom, son code postal ou son code INSEE.")
@click.option(
    "--territoire",
    "territoire_code",
    metavar="CODE",
    help="93, 13 ou 13-9312 ; par défaut celui de la commune.",
)
@click.option(
    "--delai-prise-en-charge",
    type=int,
    metavar="JOURS",
    help="En jours ouvrés ; par défaut celui de la démarche.",
)
@click.option(
    "--delai-reponse", type=int, metavar="JOURS", help="En jours ouvrés ; par défaut celui de la démarche."
)
def creer_acteur(nature: str, commune: str | None, **champs: Any) -> None:
    code = lire_commune(commune) if commune else None
    acteur = creer.creer_acteur(nature=Nature(nature), commune_code=code, **champs)
    click.echo(_("Acteur %(id)s créé : %(nom)s.", id=acteur.id, nom=acteur.nom))


@click.command("creer-competence", help="Dit à quoi un acteur répond.")
@click.option("--acteur", "acteur_id", required=True, type=_ID, metavar="ID")
@click.option("--theme", "theme_code", metavar="CODE", help="Par défaut : tous les thèmes.")
@click.option("--territoire", "territoire_code", metavar="CODE", help="Par défaut : tout le territoire.")
def creer_competence(acteur_id: int, theme_code: str | None, territoire_code: str | None) -> None:
    competence = creer.creer_competence(
        exige_acteur(acteur_id), theme_code=theme_code, territoire_code=territoire_code
    )
    click.echo(_("Compétence %(id)s créée pour %(nom)s.", id=competence.id, nom=competence.acteur.nom))


@click.command("creer-appartenance", help="Fait d’une personne un agent d’un acteur.")
@click.option("--courriel", required=True, help="Celui du compte de la personne.")
@click.option("--acteur", "acteur_id", required=True, type=_ID, metavar="ID")
@click.option("--referent", is_flag=True, help="Gère aussi les agents et le profil de l’acteur.")
def creer_appartenance(courriel: str, acteur_id: int, referent: bool) -> None:
    appartenance = creer.ouvrir_appartenance(
        exige_compte(courriel), exige_acteur(acteur_id), referent=referent
    )
    click.echo(
        _("%(courriel)s travaille pour %(acteur)s.", courriel=courriel, acteur=appartenance.acteur.nom)
    )


COMMANDS = [
    initialiser_,
    creer_acteur,
    creer_competence,
    creer_appartenance,
]
