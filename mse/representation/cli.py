"""Commands that create promotions, mandats and accounts. A refusal is one sentence (see `mse.cli`)."""

import sys
from datetime import datetime
from typing import Any

import click

from mse.annuaire.api import exige_acteur, exige_compte, lire_commune
from mse.annuaire.use_cases.creer import ouvrir_appartenance
from mse.comptes.use_cases import creer_compte
from mse.core.errors import DonneeInvalide
from mse.core.text import _
from mse.core.use_cases import batch
from mse.representation.models import Promotion, RoleMandat
from mse.representation.queries import get_promotion
from mse.representation.use_cases import promotions as use_cases
from mse.representation.use_cases.mandats import ouvrir_mandat

_JOUR = click.DateTime(["%Y-%m-%d", "%d/%m/%Y"])
_ID = click.IntRange(1, 2**31 - 1)


@click.command("creer-promotion", help="Crée une promotion : un groupe en formation dans un organisme.")
@click.option("--organisme", "organisme_id", required=True, type=_ID, metavar="ID")
@click.option("--titre", required=True)
@click.option("--commune", required=True, help="Son nom, son code postal ou son code INSEE.")
@click.option("--debut", required=True, type=_JOUR, metavar="JJ/MM/AAAA")
@click.option("--fin", required=True, type=_JOUR, metavar="JJ/MM/AAAA")
@click.option("--effectif", required=True, type=int)
@click.option(
    "--succede-a", "succede_a_id", type=_ID, metavar="ID", help="La promotion que celle-ci continue."
)
def creer_promotion(
    organisme_id: int,
    commune: str,
    debut: datetime,
    fin: datetime,
    succede_a_id: int | None,
    **champs: Any,
) -> None:
    promotion = use_cases.creer_promotion(
        exige_acteur(organisme_id),
        commune_code=lire_commune(commune),
        debut=debut.date(),
        fin=fin.date(),
        succede_a=_exige_promotion(succede_a_id) if succede_a_id is not None else None,
        **champs,
    )
    click.echo(_("Promotion %(id)s créée : %(titre)s.", id=promotion.id, titre=promotion.titre))


@click.command("creer-mandat", help="Fait d’une personne la ou le délégué d’une promotion.")
@click.option("--courriel", required=True, help="Celui du compte de la personne.")
@click.option("--promotion", "promotion_id", required=True, type=_ID, metavar="ID")
@click.option("--suppleant", is_flag=True, help="Suppléant ; par défaut : titulaire.")
def creer_mandat(courriel: str, promotion_id: int, suppleant: bool) -> None:
    mandat = ouvrir_mandat(exige_compte(courriel), _exige_promotion(promotion_id), _get_role(suppleant))
    click.echo(_("%(courriel)s est délégué·e de %(titre)s.", courriel=courriel, titre=mandat.promotion.titre))


@click.command("creer-compte", help="Crée le compte d’une personne, avec ses rôles.")
@click.option("--prenom", required=True)
@click.option("--nom", required=True)
@click.option("--courriel", required=True)
@click.option("--agent-de", type=_ID, multiple=True, metavar="ID", help="Travaille pour cet acteur.")
@click.option("--referent-de", type=_ID, multiple=True, metavar="ID", help="En est aussi la ou le référent.")
@click.option(
    "--delegue-de", type=_ID, multiple=True, metavar="ID", help="Déléguée ou délégué de cette promotion."
)
@click.option("--suppleant", is_flag=True, help="Avec --delegue-de ; par défaut : titulaire.")
@click.option("--animateur", is_flag=True, help="De l’équipe d’animation.")
@click.option("--mot-de-passe-stdin", is_flag=True, help="Lit le mot de passe sur l’entrée standard.")
def creer_compte_(
    prenom: str,
    nom: str,
    courriel: str,
    agent_de: tuple[int, ...],
    referent_de: tuple[int, ...],
    delegue_de: tuple[int, ...],
    suppleant: bool,
    animateur: bool,
    mot_de_passe_stdin: bool,
) -> None:
    postes = [(exige_acteur(id), False) for id in agent_de] + [(exige_acteur(id), True) for id in referent_de]
    promotions = [_exige_promotion(id) for id in delegue_de]
    mot_de_passe = _read_password(mot_de_passe_stdin)
    with batch():  # the compte and its roles are created in one transaction
        compte = creer_compte(
            prenom=prenom, nom=nom, courriel=courriel, mot_de_passe=mot_de_passe, est_animateur=animateur
        )
        for acteur, referent in postes:
            ouvrir_appartenance(compte, acteur, referent=referent)
        for promotion in promotions:
            ouvrir_mandat(compte, promotion, _get_role(suppleant))
    click.echo(_("Compte %(id)s créé : %(courriel)s.", id=compte.id, courriel=compte.courriel))


def _read_password(stdin: bool) -> str:
    if stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt("Mot de passe", hide_input=True, confirmation_prompt="Encore une fois"))


def _get_role(suppleant: bool) -> RoleMandat:
    return RoleMandat.SUPPLEANT if suppleant else RoleMandat.TITULAIRE


def _exige_promotion(promotion_id: int) -> Promotion:
    promotion = get_promotion(promotion_id)
    if promotion is None:
        raise DonneeInvalide(_("La promotion %(id)s n’existe pas.", id=promotion_id))
    return promotion


COMMANDS = [creer_promotion, creer_mandat, creer_compte_]
