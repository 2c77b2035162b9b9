"""Commands about the weather."""

from datetime import datetime, timedelta

import click

from mse.core.clock import today
from mse.core.errors import DonneeInvalide
from mse.core.text import _, ngettext, nombre
from mse.meteo.use_cases import recalculer

UN_AN = timedelta(days=365)


@click.group("meteo", help="La météo de la participation.")
def meteo() -> None:
    pass


@meteo.command("recalculer", help="Recompte les chiffres à partir des faits : un an, ou depuis --depuis.")
@click.option("--depuis", type=click.DateTime(["%Y-%m-%d"]), help="Premier jour, AAAA-MM-JJ.")
def recalculer_chiffres(depuis: datetime | None) -> None:
    debut, fin = depuis.date() if depuis else today() - UN_AN, today()
    if debut > fin:
        raise DonneeInvalide(_("Ce jour n’est pas encore venu."))
    total = (fin - debut).days + 1
    with click.progressbar(length=total, label=_("Météo"), show_pos=True) as barre:
        ecrits = recalculer(debut, fin, avance=lambda faits, _total: barre.update(faits - barre.pos))
    jours = ngettext("%(num)s jour", "%(num)s jours", total)
    click.echo(_("%(jours)s recomptés, %(chiffres)s chiffres.", jours=jours, chiffres=nombre(ecrits)))


COMMANDS = [meteo]
