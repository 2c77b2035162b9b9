"""Commands that fill the directory of a real instance. A refusal is one sentence (see `mse.cli`)."""

import sys
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import IO, Any, NoReturn

import click
from flask import current_app

from mse.annuaire.models import Acteur, Nature, Promotion, RoleMandat
from mse.annuaire.queries import get_acteur, get_promotion
from mse.annuaire.use_cases import creer
from mse.annuaire.use_cases.exigences import lire_commune
from mse.annuaire.use_cases.importer import Bilan, Issue, importer_organismes
from mse.annuaire.use_cases.importer_liste import TITRES, cells
from mse.annuaire.use_cases.initialiser import initialiser
from mse.annuaire.use_cases.lecture_organismes import FichierInconnu
from mse.comptes.models import Compte
from mse.comptes.queries import get_compte_par_entree
from mse.comptes.use_cases import creer_compte
from mse.core.csv_writing import open_csv
from mse.core.errors import DonneeInvalide
from mse.core.files.store import PlusDePlace, is_disk_full
from mse.core.textes import _, ngettext
from mse.core.use_cases import batch
from mse.demarche import adopt

NOT_SUCH_A_FILE = 2  # exit status
_JOUR = click.DateTime(["%Y-%m-%d", "%d/%m/%Y"])
_ID = click.IntRange(1, 2**31 - 1)
_ISSUES = {
    Issue.CREE: ("créé", "créés"),
    Issue.ACTUALISE: ("mis à jour", "mis à jour"),
    Issue.INCHANGE: ("inchangé", "inchangés"),
    Issue.REFUSE: ("refusé", "refusés"),
    Issue.LAISSE: ("hors du territoire", "hors du territoire"),
}


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


@click.command(
    "importer-organismes",
    help="Charge la liste publique des organismes de formation (fichier CSV de l’État).",
)
@click.argument("fichier", type=click.Path())
@click.option("--partout", is_flag=True, help="Garde aussi les organismes hors du territoire.")
@click.option("--essai", is_flag=True, help="Dit tout ce qui serait fait, n’en garde rien.")
@click.option("--rapport", type=click.File("wb"), metavar="CSV", help="Le compte rendu, pour un tableur.")
def importer_organismes_(fichier: str, partout: bool, essai: bool, rapport: IO[bytes] | None) -> None:
    issues: Counter[Issue] = Counter()
    sans_departement = 0
    ecrire = open_csv(rapport) if rapport else None
    if ecrire:
        ecrire(TITRES)
    try:
        for bilan in importer_organismes(fichier, essai=essai, partout=partout):
            if ecrire:
                ecrire(cells(bilan))
            issues[bilan.issue] += 1
            sans_departement += bilan.sans_departement
            if bilan.issue != Issue.LAISSE:
                click.echo(_line(bilan))
    except FichierInconnu as error:
        _not_such_a_file(fichier, str(error))
    except OSError as error:
        if is_disk_full(error):
            raise PlusDePlace from error
        _not_such_a_file(fichier, _("ce fichier n’existe pas ou ne peut pas être lu."))
    total = issues.total()
    detail = ", ".join(f"{issues[issue]} {mots[issues[issue] > 1]}" for issue, mots in _ISSUES.items())
    click.echo(
        ngettext("%(num)s ligne lue", "%(num)s lignes lues", total)
        + f"\u202f: {detail}\u202f; {sans_departement} sans département."
        + (" " + _("C’était un essai : rien n’a été gardé.") if essai else "")
    )


def _line(bilan: Bilan) -> str:
    qui = " ".join(partie for partie in (bilan.nom, bilan.siret and f"({bilan.siret})") if partie)
    dit = " ; ".join(partie for partie in (qui, *bilan.remarques) if partie)
    return f"ligne {bilan.numero} : {_ISSUES[bilan.issue][0]}, {dit}"


def _not_such_a_file(fichier: str, raison: str) -> NoReturn:
    click.echo(f"mse : {fichier} : {raison}", err=True)
    raise SystemExit(NOT_SUCH_A_FILE)


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
        _acteur(acteur_id), theme_code=theme_code, territoire_code=territoire_code
    )
    click.echo(_("Compétence %(id)s créée pour %(nom)s.", id=competence.id, nom=competence.acteur.nom))


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
    promotion = creer.creer_promotion(
        _acteur(organisme_id),
        commune_code=lire_commune(commune),
        debut=debut.date(),
        fin=fin.date(),
        succede_a=_promotion(succede_a_id) if succede_a_id is not None else None,
        **champs,
    )
    click.echo(_("Promotion %(id)s créée : %(titre)s.", id=promotion.id, titre=promotion.titre))


@click.command("creer-appartenance", help="Fait d’une personne un agent d’un acteur.")
@click.option("--courriel", required=True, help="Celui du compte de la personne.")
@click.option("--acteur", "acteur_id", required=True, type=_ID, metavar="ID")
@click.option("--referent", is_flag=True, help="Gère aussi les agents et le profil de l’acteur.")
def creer_appartenance(courriel: str, acteur_id: int, referent: bool) -> None:
    appartenance = creer.ouvrir_appartenance(_compte(courriel), _acteur(acteur_id), referent=referent)
    click.echo(
        _("%(courriel)s travaille pour %(acteur)s.", courriel=courriel, acteur=appartenance.acteur.nom)
    )


@click.command("creer-mandat", help="Fait d’une personne la ou le délégué d’une promotion.")
@click.option("--courriel", required=True, help="Celui du compte de la personne.")
@click.option("--promotion", "promotion_id", required=True, type=_ID, metavar="ID")
@click.option("--suppleant", is_flag=True, help="Suppléant ; par défaut : titulaire.")
def creer_mandat(courriel: str, promotion_id: int, suppleant: bool) -> None:
    mandat = creer.ouvrir_mandat(_compte(courriel), _promotion(promotion_id), _role(suppleant))
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
    postes = [(_acteur(id), False) for id in agent_de] + [(_acteur(id), True) for id in referent_de]
    promotions = [_promotion(id) for id in delegue_de]
    mot_de_passe = _password(mot_de_passe_stdin)
    with batch():  # the compte and its roles, or nothing
        compte = creer_compte(
            prenom=prenom, nom=nom, courriel=courriel, mot_de_passe=mot_de_passe, est_animateur=animateur
        )
        for acteur, referent in postes:
            creer.ouvrir_appartenance(compte, acteur, referent=referent)
        for promotion in promotions:
            creer.ouvrir_mandat(compte, promotion, _role(suppleant))
    click.echo(_("Compte %(id)s créé : %(courriel)s.", id=compte.id, courriel=compte.courriel))


def _password(stdin: bool) -> str:
    if stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt("Mot de passe", hide_input=True, confirmation_prompt="Encore une fois"))


def _role(suppleant: bool) -> RoleMandat:
    return RoleMandat.SUPPLEANT if suppleant else RoleMandat.TITULAIRE


def _acteur(acteur_id: int) -> Acteur:
    acteur = get_acteur(None, acteur_id)
    if acteur is None:
        raise DonneeInvalide(_("L’acteur %(id)s n’existe pas.", id=acteur_id))
    return acteur


def _promotion(promotion_id: int) -> Promotion:
    promotion = get_promotion(promotion_id)
    if promotion is None:
        raise DonneeInvalide(_("La promotion %(id)s n’existe pas.", id=promotion_id))
    return promotion


def _compte(courriel: str) -> Compte:
    compte = get_compte_par_entree(courriel)
    if compte is None:
        raise DonneeInvalide(_("Il n’y a pas de compte à l’adresse %(courriel)s.", courriel=courriel))
    return compte


COMMANDS = [
    initialiser_,
    importer_organismes_,
    creer_acteur,
    creer_competence,
    creer_promotion,
    creer_appartenance,
    creer_mandat,
    creer_compte_,
]
