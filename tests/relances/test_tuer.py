"""The worker is really killed during the ladder and the digests: a small version of `run.py preuves`."""

from pathlib import Path

import pytest

from devtools.postgres import Cluster
from devtools.smtp import Serveur
from preuves.echelle import kill_during_the_ladder
from preuves.instance import Instance


@pytest.mark.parametrize("base", ["sqlite", "postgresql"])
def test_rien_ne_se_perd_et_seul_le_courriel_en_route_se_double(
    base: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    url = ""
    if base == "postgresql":
        cluster: Cluster = request.getfixturevalue("postgres")
        url = cluster.new_database("echelle")
    serveur = Serveur()
    instance = Instance(tmp_path, url, **serveur.settings)
    echelle = kill_during_the_ladder(instance, serveur, acteurs=4, par_acteur=3, morts=2)
    assert echelle.morts
    assert echelle.rappelees == echelle.saisines
    assert (echelle.manquants, echelle.perdus) == (0, 0)
    assert echelle.doubles <= echelle.morts
