"""Due answers for the stories of the quarterly figures."""

from datetime import date, datetime, time

from devtools.factories import LONGUE, Monde, make_fiche
from mse.annuaire.models import Acteur
from mse.bilans.use_cases.compter import compter_trimestres
from mse.core.clock import at, zone
from mse.fiches.models import Saisine
from mse.fiches.use_cases.traiter import repondre_saisine

APRES = date(2027, 1, 4)  # the quarter of JOUR is over


def midi(jour: date) -> datetime:
    return datetime.combine(jour, time(12), zone())


def make_dues(monde: Monde, acteur: Acteur, *, nombre: int, tenues: int = 0) -> list[Saisine]:
    """Create saisines of the acteur whose answers are due in the quarter; the first `tenues` are answered on
    the next day."""
    saisines = [make_fiche(monde.promotion, monde.samira, acteur).saisines[0] for _rang in range(nombre)]
    for saisine in saisines[:tenues]:
        with at(midi(date(2026, 11, 17))):
            repondre_saisine(saisine, LONGUE, par=monde.agent)
    return saisines


def count_on(jour: date) -> None:
    """Run the task of the worker on that day."""
    with at(midi(jour)):
        compter_trimestres()
