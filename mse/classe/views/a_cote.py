"""What the class sends for a part of a draft, beside the field of that part while the delegate writes it."""

from typing import Any

from flask import abort, flash
from flask.typing import ResponseReturnValue

from mse.classe.models import Contribution
from mse.classe.policies import peut_ouvrir
from mse.classe.queries.classes import get_classe, list_contributions
from mse.classe.use_cases.reprendre import reprendre_contribution
from mse.classe.views import bp
from mse.classe.workflow import Nature
from mse.core.clock import now
from mse.core.text import _
from mse.core.web import droit, moi, render
from mse.depot.api import ACote
from mse.fiches.api import LIBELLES_PARTIES as PARTIES
from mse.fiches.models import Fiche
from mse.fiches.queries.pages import get_brouillon

_NATURES = {nature.partie: nature for nature in Nature}


@bp.get("/fiches/<int:fiche_id>/classe/contributions/<etape>")
@droit(peut_ouvrir, sur=get_brouillon)
def recues_pour(fiche: Fiche, etape: str) -> ResponseReturnValue:
    """Render the texts for one part alone, which the script of its step asks for again and again."""
    if etape not in _NATURES:
        abort(404)
    return render("classe/_recues_pour.html", recues=_list_recues(fiche, etape))


def _lire(fiche: Fiche, partie: str) -> dict[str, Any] | None:
    """Return what waits for a part; None if nothing does and nothing can arrive."""
    classe = get_classe(fiche) if partie in _NATURES else None
    if classe is None:
        return None
    recues, est_ouverte = _list_recues(fiche, partie), classe.est_ouverte(now())
    return {"partie": partie, "recues": recues, "est_ouverte": est_ouverte} if recues or est_ouverte else None


def _list_recues(fiche: Fiche, partie: str) -> list[Contribution]:
    return [une for une in list_contributions(fiche) if une.est_recue and une.nature == _NATURES[partie]]


def _find(fiche: Fiche, reference: str) -> Contribution | None:
    return next((une for une in list_contributions(fiche) if str(une.id) == reference), None)


def _est_repris(fiche: Fiche, reference: str) -> bool:
    contribution = _find(fiche, reference)
    return contribution is not None and contribution.est_reprise


def _reprendre(fiche: Fiche, reference: str) -> None:
    contribution = _find(fiche, reference)
    if contribution is None:
        abort(404)
    reprendre_contribution(contribution, par=moi())
    flash(_("C’est dans la fiche\u202f: %(partie)s.", partie=PARTIES[contribution.nature.partie]), "succes")


DE_LA_CLASSE = ACote("classe/_a_cote.html", lire=_lire, est_repris=_est_repris, reprendre=_reprendre)
