"""The number of statements of a search does not depend on the number of its results."""

from typing import Any

import pytest

from devtools.factories import Monde, make_fiche, make_initiative
from mse.fiches.use_cases.traiter import repondre_saisine
from tests.recherche.chercher import found
from tests.redaction.fichiers import statements

pytestmark = pytest.mark.usefixtures("jour")

MOST = 6  # statements: the ids, then one for each kind of results, two for acteurs
CACHED = 4  # the vocabulary, the counts and, on PostgreSQL, how frequent the words are


def _run(client: Any, mots: str) -> int:
    """Return the number of statements of a page."""
    with statements() as seen:
        assert client.get("/recherche", query_string={"q": mots}).status_code == 200
    return len([une for une in seen if not une.startswith(("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE"))])


def test_le_nombre_de_requetes_ne_depend_pas_des_resultats(monde: Monde, client: Any) -> None:
    for rang in range(1, 11):
        make_initiative(monde.promotion, monde.samira, titre="Des cars pour la cantine")
        fiche = make_fiche(monde.promotion, monde.samira, monde.transports, titre="Le car de la cantine")
        repondre_saisine(fiche.saisines[0], "Le car de la cantine passera plus tôt. " * 4, par=monde.agent)
        if rang in (1, 10):
            found(client, "tarif")  # fills the caches of names
            assert _run(client, "cars") <= MOST + CACHED
            assert _run(client, "cars") <= MOST
