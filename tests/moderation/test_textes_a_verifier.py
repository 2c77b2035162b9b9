"""The check before publication is measured on invented texts, written before its rules.

Half of the texts are near misses: a town named after a saint, a colour, «con» within «concours».
"""

import json
from pathlib import Path

import pytest

from mse.core.contact_details import find_contact_details, find_insults

TEXTES = json.loads((Path(__file__).parents[1] / "donnees" / "textes_a_verifier.json").read_text("utf-8"))[
    "textes"
]
PROPRES = [texte["texte"] for texte in TEXTES if texte["categorie"] == "aucune"]


@pytest.mark.parametrize("texte", PROPRES)
def test_un_texte_sans_faute_n_est_pas_retenu(texte: str) -> None:
    assert not find_contact_details(texte)
    assert not find_insults(texte)
