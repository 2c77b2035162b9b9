"""Receiving the bulletins by mail. A GET changes nothing: mail robots open links."""

from typing import Any

from flask import current_app, flash, redirect, request, url_for

from mse.core.textes import _
from mse.core.web import PUBLIC, GesteForm, droit, render
from mse.extensions import csrf
from mse.meteo import use_cases
from mse.meteo.forms import AbonnementForm
from mse.meteo.models import Abonne
from mse.meteo.queries.abonnes import get_abonne
from mse.meteo.views import bp

_CLE = "/meteo/bulletins/abonnement/<abonne_id>"


@bp.route("/meteo/bulletins/abonnement", methods=["GET", "POST"])
@droit(PUBLIC)
def abonnement() -> Any:
    form = AbonnementForm()
    if form.validate_on_submit():
        use_cases.demander_abonnement(
            form.courriel.data, adresse=request.remote_addr, secret=current_app.config["SECRET_KEY"]
        )
        flash(
            _(
                "Si cette adresse n’est pas encore abonnée, un courriel part vers elle : "
                "ouvrez-le, puis appuyez sur le bouton."
            ),
            "succes",
        )
        return _back()
    return render("meteo/abonnement.html", form=form)


@bp.route(_CLE, methods=["GET", "POST"])
@droit(PUBLIC, sur=get_abonne)
def confirmation(abonne: Abonne) -> Any:
    form = GesteForm()
    if form.validate_on_submit():
        use_cases.confirmer_abonnement(abonne)
        flash(_("C’est fait : vous recevrez les prochains bulletins."), "succes")
        return _back()
    return render("meteo/abonnement_confirmer.html", form=form, abonne=abonne)


@csrf.exempt  # RFC 8058: the mail program posts by itself; the key in the address is the right
@bp.route(f"{_CLE}/fin", methods=["GET", "POST"])
@droit(PUBLIC, sur=get_abonne)
def desabonnement(abonne: Abonne) -> Any:
    form = GesteForm(meta={"csrf": False})
    if form.validate_on_submit():
        use_cases.terminer_abonnement(abonne)
        flash(_("Vous ne recevrez plus les bulletins ; votre adresse est effacée."), "succes")
        return _back()
    return render("meteo/abonnement_finir.html", form=form)


def _back() -> Any:
    return redirect(url_for("meteo.bulletins"), 303)
