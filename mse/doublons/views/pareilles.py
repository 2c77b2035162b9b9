"""The nearest fiches, while a delegate writes and before the next step."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mse.core.rate_limit import rate_limited
from mse.core.text import lazy
from mse.core.web import droit, render
from mse.doublons.forms import TexteForm
from mse.doublons.queries.proches import Proche, proches
from mse.doublons.views import bp
from mse.fiches.models import Fiche
from mse.fiches.policies import peut_ecrire
from mse.fiches.queries.pages import get_brouillon

EACH, ALL = 240, 1200  # looks a minute, for one address (a training centre shares one) and in total
VUES = "pareilles_vues"  # field of the form of the problem: the page has shown them already


def detour(fiche: Fiche, etape: str, suivante: str) -> str | None:
    """Return the URL of the page of similar fiches, before the step after the problem. Return None if there
    are none, if the page has shown them or if the person chose a step in the list of steps."""
    if (etape, suivante) != ("probleme", "causes") or request.form.get(VUES) or request.form.get("aller"):
        return None
    if not _find(fiche.titre, fiche.probleme, fiche):
        return None
    return url_for("doublons.pareilles", fiche_id=fiche.id)


@bp.get("/fiches/<int:fiche_id>/brouillon/pareilles")
@droit(peut_ecrire, sur=get_brouillon)
def pareilles(fiche: Fiche) -> ResponseReturnValue:
    suite = url_for("depot.brouillon", fiche_id=fiche.id, etape="causes")
    trouvees = _find(fiche.titre, fiche.probleme, fiche) if fiche.est_brouillon else []
    if not trouvees:
        return redirect(suite, 303)
    return render("doublons/pareilles.html", fiche=fiche, proches=trouvees, suite=suite)


@bp.post("/fiches/<int:fiche_id>/brouillon/pareilles")
@droit(peut_ecrire, sur=get_brouillon)
def pendant(fiche: Fiche) -> ResponseReturnValue:
    """Return the fragment for the text that is being typed. Nothing is saved."""
    form = TexteForm()
    trouvees = _find(form.titre.data or "", form.probleme.data or "", fiche)
    reponse = make_response(render_template("doublons/_pareilles.html", proches=trouvees, fiche=fiche))
    reponse.headers["Cache-Control"] = "no-store"
    return reponse


@rate_limited(EACH, ALL, lazy("Beaucoup de recherches sont demandées\u202f: revenez dans une minute."))
def _find(titre: str, probleme: str, fiche: Fiche) -> list[Proche]:
    return proches(titre, probleme, theme=fiche.theme_code, territoire=fiche.territoire_code, sauf=fiche.id)
