"""Registry: texts of other people that stand beside the field of a step."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mse.fiches.models import Fiche


@dataclass(frozen=True)
class ACote:
    """What a higher capability shows beside a step.

    modele: template, which reads `a_cote`.
    lire: from (draft, step), what stands there; None if nothing does.
    est_repris: True if the text of this reference is in the draft already.
    reprendre: puts it there.
    """

    modele: str
    lire: Callable[[Fiche, str], Any]
    est_repris: Callable[[Fiche, str], bool]
    reprendre: Callable[[Fiche, str], None]


A_COTE: list[ACote] = []  # a higher capability registers its own in `mse/app.py`
