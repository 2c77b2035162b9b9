"""Commands: run the worker, or send all due mails once."""

import math

import click

from mse.core.text import _, ngettext
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


COMMANDS = [worker, envoyer_courriels]
