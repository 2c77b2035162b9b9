"""The command that loads the State's list of training providers."""

from collections import Counter
from typing import IO, NoReturn

import click

from mse.core.csv_writing import open_csv
from mse.core.files.store import PlusDePlace, is_disk_full
from mse.core.text import _, ngettext
from mse.imports.bilan import TITRES, Bilan, Issue, cells
from mse.imports.lecture_organismes import FichierInconnu
from mse.imports.use_cases.importer_organismes import importer_organismes

EXIT_INVALID_FILE = 2  # exit status
_ISSUES = {
    Issue.CREE: ("créé", "créés"),
    Issue.ACTUALISE: ("mis à jour", "mis à jour"),
    Issue.INCHANGE: ("inchangé", "inchangés"),
    Issue.REFUSE: ("refusé", "refusés"),
    Issue.LAISSE: ("hors du territoire", "hors du territoire"),
}


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
        _exit_invalid_file(fichier, str(error))
    except OSError as error:
        if is_disk_full(error):
            raise PlusDePlace from error
        _exit_invalid_file(fichier, _("ce fichier n’existe pas ou ne peut pas être lu."))
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


def _exit_invalid_file(fichier: str, raison: str) -> NoReturn:
    click.echo(f"mse : {fichier} : {raison}", err=True)
    raise SystemExit(EXIT_INVALID_FILE)


COMMANDS = [importer_organismes_]
