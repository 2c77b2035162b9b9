"""The file that says where everything stands: page and PDF."""

from typing import Any

from flask import Response, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mse.core.clock import today
from mse.core.text import _
from mse.core.web import CONNECTE, ActionForm, confirm, droit, lien, moi, render, send_stored
from mse.impressions.api import demander_impression
from mse.impressions.models import Impression
from mse.impressions.queries import get_impression
from mse.passation import use_cases
from mse.passation.policies import peut_laisser_un_mot, peut_lire_dossier
from mse.passation.queries.departs import est_a_lire
from mse.passation.queries.dossier import read_dossier
from mse.passation.queries.mots import get_mon_mot
from mse.passation.queries.promotions import get_promotion, list_promotions_de
from mse.passation.suite import list_taches
from mse.passation.views import bp
from mse.representation.models import Promotion


@bp.get("/passation")
@droit(CONNECTE)
def choisir() -> ResponseReturnValue:
    """List the promotions of the reader; with a single one, go to its file."""
    presentes, quittees = list_promotions_de(moi())
    if len(presentes) == 1 and not quittees:
        return redirect(url_for("passation.dossier", promotion_id=presentes[0].id), 303)
    return render("passation/choisir.html", presentes=presentes, quittees=quittees)


@bp.route("/promotions/<int:promotion_id>/passation", methods=["GET", "POST"])
@droit(peut_lire_dossier, sur=get_promotion)
def dossier(promotion: Promotion) -> ResponseReturnValue:
    """Show the file. The button requests its PDF."""
    contenu, form = _read(promotion), ActionForm()
    page = render_template("papier/passation.html", url=lien, **contenu)
    if form.validate_on_submit():
        demander_impression(
            _sujet(promotion),
            page,
            par=moi(),
            prive=True,
            adresse=request.remote_addr,
            secret=current_app.config["SECRET_KEY"],
        )
        return redirect(url_for("passation.dossier", promotion_id=promotion.id, _anchor="pdf"), 303)
    return render(
        "passation/dossier.html",
        form=form,
        url=url_for,
        impression=_get_mine(promotion, page),
        a_lire=est_a_lire(moi(), promotion, le=today()),
        mon_mot=get_mon_mot(moi(), promotion),
        peut_ecrire=peut_laisser_un_mot(moi(), promotion),
        **contenu,
    )


@bp.get("/promotions/<int:promotion_id>/passation.pdf")
@droit(peut_lire_dossier, sur=get_promotion)
def dossier_pdf(promotion: Promotion) -> Response:
    """Return the PDF if it was written and nothing has changed since; else 404."""
    page = render_template("papier/passation.html", url=lien, **_read(promotion))
    impression = _get_mine(promotion, page)
    if impression is None or impression.fichier is None:
        abort(404)
    chemin = Impression.store.path(impression.fichier)
    return send_stored(chemin, "application/pdf", name=f"passation-{promotion.id}.pdf")


@bp.route("/promotions/<int:promotion_id>/passation/vue", methods=["GET", "POST"])
@droit(peut_lire_dossier, sur=get_promotion)
def marquer_vue(promotion: Promotion) -> ResponseReturnValue:
    promotion_id = promotion.id
    if ActionForm().validate_on_submit():
        use_cases.marquer_vue(promotion, par=moi())
        confirm(_("C’est noté\u202f: le dossier reste dans « Mon espace »."))
        return redirect(url_for("accueil.mon_espace"), 303)
    return redirect(url_for("passation.dossier", promotion_id=promotion_id), 303)


def _read(promotion: Promotion) -> dict[str, Any]:
    """Return what page and PDF show."""
    le = today()
    contenu = read_dossier(promotion, moi(), le=le)
    return {"dossier": contenu, "promotion": promotion, "taches": list_taches(contenu), "le": le}


def _sujet(promotion: Promotion) -> str:
    """Return the subject of the PDF: one for each reader, because the words are not the same for all."""
    return f"passation:{promotion.id}:{moi().id}"


def _get_mine(promotion: Promotion, page: str) -> Impression | None:
    impression = get_impression(_sujet(promotion), page)
    return impression if impression is not None and impression.compte_id == moi().id else None
