"""The poster of a fiche and of its answer, and the fiche with its whole public history: pages and PDF."""

from enum import StrEnum
from typing import Any

from flask import Response, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mse.affiches.queries.fiches import get_publique, read_papier
from mse.affiches.views import bp
from mse.core.clock import today
from mse.core.qr import draw_qr
from mse.core.rate_limit import rate_limited
from mse.core.text import _
from mse.core.web import PUBLIC, ActionForm, droit, lien, moi, render, send_stored
from mse.fiches.api import ETAPES, LIBELLES_PARTIES
from mse.fiches.queries.pages import Lecture
from mse.impressions.api import demander_impression
from mse.impressions.models import Impression
from mse.impressions.queries import get_impression

PAR_ADRESSE, EN_TOUT = 60, 600  # pages a minute: each reads a whole history


class Forme(StrEnum):
    AFFICHE = "affiche"
    HISTOIRE = "histoire"


_FORMES = f"<any({', '.join(Forme)}):forme>"


@bp.route(f"/fiches/<int:fiche_id>/{_FORMES}", methods=["GET", "POST"])
@droit(PUBLIC, sur=get_publique)
def papier(lecture: Lecture, forme: str) -> ResponseReturnValue:
    """Show the document. The button requests its PDF."""
    contenu = _read(lecture)
    page, form = render_template("papier/fiche.html", forme=forme, **contenu), ActionForm()
    sujet = f"{forme}:{lecture.fiche.id}"
    adresse = url_for("affiches.papier", fiche_id=lecture.fiche.id, forme=forme)
    if form.validate_on_submit():
        secret = current_app.config["SECRET_KEY"]
        demander_impression(sujet, page, par=moi(), adresse=request.remote_addr, secret=secret)
        return redirect(f"{adresse}#pdf", 303)
    return render(
        "affiches/papier.html",
        form=form,
        forme=forme,
        titre=_("Affiche") if forme == Forme.AFFICHE else _("La fiche et son histoire"),
        impression=get_impression(sujet, page),
        page_url=adresse,
        pdf_url=f"{adresse}.pdf",
        **contenu,
    )


@bp.get(f"/fiches/<int:fiche_id>/{_FORMES}.pdf")
@droit(PUBLIC, sur=get_publique)
def papier_pdf(lecture: Lecture, forme: str) -> Response:
    """Return the PDF if it was written and nothing has changed since; else 404."""
    page = render_template("papier/fiche.html", forme=forme, **_read(lecture))
    impression = get_impression(f"{forme}:{lecture.fiche.id}", page)
    if impression is None or impression.fichier is None:
        abort(404)
    chemin = Impression.store.path(impression.fichier)
    return send_stored(chemin, "application/pdf", name=f"fiche-{lecture.fiche.id}-{forme}.pdf")


@rate_limited(PAR_ADRESSE, EN_TOUT)
def _read(lecture: Lecture) -> dict[str, Any]:
    """Return what page and PDF show. Abort with 410 if the fiche was withdrawn."""
    if lecture.fiche.est_retiree:
        abort(410)
    adresse = lien("fiches.detail", fiche_id=lecture.fiche.id)
    return {
        "papier": read_papier(lecture),
        "fiche": lecture.fiche,
        "adresse": adresse,
        "qr": draw_qr(adresse, _("Code QR vers la page de la fiche")),
        "parties": LIBELLES_PARTIES,
        "etapes": ETAPES,
        "le": today(),
    }
