"""A small version of the simulated year of `run.py preuves`: no reminder too many, missing or doubled."""

import pytest

from devtools.postgres import Cluster
from preuves.annee import simulate_year


@pytest.mark.parametrize("base", ["sqlite", "postgresql"])
def test_quelques_semaines_de_rappels(base: str, request: pytest.FixtureRequest) -> None:
    url = ""
    if base == "postgresql":
        cluster: Cluster = request.getfixturevalue("postgres")
        url = cluster.new_database("annee")
    bilan = simulate_year(url, fiches=40, agents=6, jours=60)
    assert bilan.fautes == []
    assert bilan.rappels
    assert bilan.refus
