"""Subscription to the bulletins by mail. A GET changes nothing, because mail scanners open links.

The key of a link is moved at once from the URL to the session cookie.
"""

from flask import current_app, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from mse.core.errors import LienPerdu
from mse.core.text import _
from mse.core.web import PUBLIC, ActionForm, droit, redirect_untraced, render
from mse.extensions import csrf
from mse.meteo import use_cases
from mse.meteo.forms import AbonnementForm
from mse.meteo.models import Abonne
from mse.meteo.queries.abonnes import get_abonne
from mse.meteo.views import bp

_RACINE = "/meteo/bulletins/abonnement"
_COOKIE = "abonne"  # key in the session cookie
_CLE_MAX = 60


@bp.route(_RACINE, methods=["GET", "POST"])
@droit(PUBLIC)
def abonnement() -> ResponseReturnValue:
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
        return _redirect_to_form()
    return render("meteo/abonnement.html", form=form)


@bp.get(f"{_RACINE}/<cle>")
@droit(PUBLIC)
def confirmation_recue(cle: str) -> Response:
    return _exchange(cle, "meteo.confirmation")


@bp.route(f"{_RACINE}/confirmation", methods=["GET", "POST"])
@droit(PUBLIC)
def confirmation() -> ResponseReturnValue:
    abonne, form = _mon_abonnement(), ActionForm()
    if form.validate_on_submit():
        use_cases.confirmer_abonnement(abonne)
        flash(_("C’est fait : vous recevrez les prochains bulletins."), "succes")
        return _redirect_to_form()
    return render("meteo/abonnement_confirmer.html", form=form, abonne=abonne)


# RFC 8058: the mail program posts without a session; the key in the URL authorises it.
@csrf.exempt  # type: ignore[untyped-decorator]
@bp.route(f"{_RACINE}/<cle>/fin", methods=["GET", "POST"])
@droit(PUBLIC)
def desabonnement_recu(cle: str) -> Response:
    if not ActionForm(meta={"csrf": False}).validate_on_submit():
        return _exchange(cle, "meteo.desabonnement")
    return _finish(_exige(get_abonne(cle)))


@bp.route(f"{_RACINE}/fin", methods=["GET", "POST"])
@droit(PUBLIC)
def desabonnement() -> ResponseReturnValue:
    abonne, form = _mon_abonnement(), ActionForm()
    if form.validate_on_submit():
        return _finish(abonne)
    return render("meteo/abonnement_finir.html", form=form)


def _exchange(cle: str, endpoint: str) -> Response:
    session[_COOKIE] = cle[:_CLE_MAX]
    return redirect_untraced(endpoint)


def _mon_abonnement() -> Abonne:
    """Return the subscription of the link last opened in this browser."""
    return _exige(get_abonne(str(session.get(_COOKIE, ""))))


def _exige(abonne: Abonne | None) -> Abonne:
    if abonne is None:
        raise LienPerdu(_("Ce lien ne sert plus : cette adresse ne reçoit pas les bulletins."))
    return abonne


def _finish(abonne: Abonne) -> Response:
    use_cases.terminer_abonnement(abonne)
    session.pop(_COOKIE, None)
    flash(_("Vous ne recevrez plus les bulletins ; votre adresse est effacée."), "succes")
    return _redirect_to_form()


def _redirect_to_form() -> Response:
    return redirect(url_for("meteo.bulletins"), 303)
