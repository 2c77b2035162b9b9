"""Pairs of fiches about the same problem in other words, and fiches with the same words about another one.

None of them comes from the examples of the demonstration.
"""

import json
from pathlib import Path
from typing import NamedTuple


class Paire(NamedTuple):
    """A published fiche, and the same problem as another delegate types it."""

    theme: str
    titre: str
    probleme: str
    tape: str
    tape_probleme: str


_LUES = json.loads((Path(__file__).parent / "paires.json").read_text("utf-8"))
PAIRES = [Paire(**paire) for paire in _LUES["paires"]]
# Written after the comparison, which was never changed for them.
TENUES_A_L_ECART = [Paire(**paire) for paire in _LUES["tenues_a_l_ecart"]]
# Same words, another problem.
VOISINES = [(une["theme"], une["titre"], une["probleme"]) for une in _LUES["voisines"]]
