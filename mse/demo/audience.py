"""Audience figures: lower at weekends and in August, as on the site of the real scheme."""

from datetime import date, timedelta
from random import Random

from mse.accueil.passages import Nombres, Passages
from mse.accueil.use_cases import noter_audience

SEMAINE, REPOS = 210, 60  # mean visits a day: on weekdays; at weekends and in August


def compter_visites(aujourd_hui: date, debut: date, rng: Random) -> None:
    passages: Passages = {}
    for n in range((aujourd_hui - debut).days):
        jour = debut + timedelta(days=n)
        habituelles = REPOS if jour.weekday() >= 5 or jour.month == 8 else SEMAINE
        visites = round(habituelles * rng.uniform(0.7, 1.3))
        passages[jour] = Nombres(pages=round(visites * rng.uniform(2.6, 3.8)), visites=visites)
    noter_audience(passages)
