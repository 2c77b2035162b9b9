"""Texts of other people beside the field of a step. The form of the step takes one over, after a save."""

from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from mse.core.text import clean
from mse.depot.a_cote import A_COTE
from mse.fiches.models import Fiche

BOUTON = "reprendre"  # name of the buttons; their value is the reference of a text


def list_a_cote(fiche: Fiche, etape: str) -> list[tuple[str, Any]]:
    """Return (template, its data) of what stands beside a step."""
    return [(un.modele, lu) for un in A_COTE if (lu := un.lire(fiche, etape)) is not None]


def is_done(fiche: Fiche, saisie: dict[str, Any]) -> bool:
    """True for the second click on a text to take over: it stands already below the text of the form."""
    reference = request.form.get(BOUTON, "")
    return any(un.est_repris(fiche, reference) for un in A_COTE) and all(
        _tidy(getattr(fiche, nom)).startswith(_tidy(valeur)) for nom, valeur in saisie.items()
    )


def take_over(fiche: Fiche, etape: str) -> ResponseReturnValue:
    """Take over the text that the button names, and stay on the step."""
    for un in A_COTE:
        un.reprendre(fiche, request.form[BOUTON])
    return redirect(url_for("depot.brouillon", fiche_id=fiche.id, etape=etape), 303)


def _tidy(text: object) -> str:
    return " ".join(clean(str(text)).split())
