"""Commands: run the worker, send all due mails once, read the mails that came back."""

import math
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from mse.core.text import _, ngettext
from mse.notifications.returns import read_mails, read_return, read_stream
from mse.notifications.use_cases import mark_returned
from mse.notifications.worker import drain, run_worker


@click.command("worker", help="Envoie les courriels et fait le ménage, jusqu’à Ctrl-C.")
def worker() -> None:
    run_worker()


@click.command("envoyer-courriels", help="Envoie une fois tout ce qui attend dans la boîte d’envoi.")
def envoyer_courriels() -> None:
    bilan = drain(seconds=math.inf)
    click.echo(ngettext("%(num)s courriel envoyé.", "%(num)s courriels envoyés.", bilan.envoyes))
    if bilan.refuses:
        click.echo(ngettext("%(num)s refusé.", "%(num)s refusés.", bilan.refuses))
    if bilan.perimes:
        click.echo(
            ngettext(
                "%(num)s périmé : son lien a expiré.", "%(num)s périmés : leur lien a expiré.", bilan.perimes
            )
        )
    if bilan.reportes:
        click.echo(ngettext("%(num)s remis à plus tard.", "%(num)s remis à plus tard.", bilan.reportes))
    if not bilan.epuise:
        click.echo(_("Le serveur de courriel ne répond pas : la suite partira plus tard."))


@click.command(
    "retours", help="Lit les avis de non-distribution : un fichier, un dossier, ou - (entrée standard)."
)
@click.argument("source", type=click.Path(exists=True, allow_dash=True, path_type=Path))
def retours(source: Path) -> None:
    lus = notes = 0
    mails: Iterable[bytes] = [read_stream(sys.stdin.buffer)] if str(source) == "-" else read_mails(source)
    for data in mails:
        lus += 1
        retour = read_return(data)
        notes += retour is not None and mark_returned(retour)
    click.echo(ngettext("%(num)s message lu.", "%(num)s messages lus.", lus))
    click.echo(
        ngettext("%(num)s adresse ne reçoit plus rien.", "%(num)s adresses ne reçoivent plus rien.", notes)
    )


COMMANDS = [worker, envoyer_courriels, retours]
