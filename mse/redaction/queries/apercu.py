"""Preview: what the delegates and the public will read of an answer that is not published yet."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, NamedTuple

from mse.comptes.models import Compte
from mse.core.clock import local_date, now
from mse.core.html import Sanitized
from mse.core.working_days import count_working_days
from mse.fiches.api import NatureEtape
from mse.fiches.models import Saisine
from mse.fiches.policies import peut_traiter
from mse.fiches.queries.passages import Passages
from mse.redaction.models import PieceReponse
from mse.redaction.workflow import Geste


class Courriel(NamedTuple):
    """The mail to a delegate. `html`: safe, without styles and links."""

    sujet: str
    html: str


# Write the mail of an answer: the capability above registers its own in `mse/app.py`.
COURRIELS: list[Callable[..., tuple[str, str]]] = []
_NATURES = {
    Geste.REPONDRE: NatureEtape.REPONSE,
    Geste.REGLER: NatureEtape.REGLEMENT,
    Geste.ABANDONNER: NatureEtape.ABANDON,
}


@dataclass(frozen=True)
class Apercu:
    """`ligne`, `passages`: the line of the public history, as the macro `historique` reads it."""

    courriel: Courriel | None
    ligne: Any
    passages: Passages


def get_apercu(
    saisine: Saisine, geste: Geste, texte: Sanitized, pieces: Sequence[PieceReponse], *, par: Compte
) -> Apercu:
    """Return the mail and the public line that publishing this text now would write."""
    traite = peut_traiter(par, saisine)
    jours = count_working_days(local_date(saisine.ouverte_le), local_date(now()))
    ligne = SimpleNamespace(
        id=0,
        nature=_NATURES[geste],
        le=now(),
        acteur_id=saisine.acteur_id if traite else None,
        texte_html=texte.html,
        jours_ouvres=None if geste == Geste.ABANDONNER else jours,
        masquee_motif=None,
    )
    courriels = [Courriel(*write(saisine, geste.value, texte, len(pieces), par=par)) for write in COURRIELS]
    noms = {saisine.acteur_id: saisine.acteur.nom}
    return Apercu(courriels[0] if courriels else None, ligne, Passages(noms, pieces={ligne.id: pieces}))
