"""Mails that came back: the webhook of a mail server, and the addresses that receive nothing."""

from flask import abort, current_app, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from mse.core.text import _
from mse.core.web import PUBLIC, droit, render
from mse.core.web.bearer import bears
from mse.extensions import csrf
from mse.notifications import use_cases
from mse.notifications.forms import ReprendreForm
from mse.notifications.policies import peut_voir_refus
from mse.notifications.refus import Titulaire, list_adresses_refusees
from mse.notifications.returns import read_return
from mse.notifications.views import bp


# A mail server has no session; the token in the header authorises it.
@csrf.exempt  # type: ignore[untyped-decorator]
@bp.post("/retours")
@droit(PUBLIC)
def recevoir() -> ResponseReturnValue:
    """Receive one mail that came back. The body is the mail itself, of type `message/rfc822`."""
    jeton = current_app.config["MSE"].jeton_retours
    if not jeton:
        abort(404)
    if not bears(jeton):
        abort(401)
    if request.mimetype not in ("message/rfc822", "application/octet-stream"):
        abort(415)
    retour = read_return(request.get_data())
    return jsonify({"notee": retour is not None and use_cases.mark_returned(retour)})


@bp.route("/adresses-refusees", methods=["GET", "POST"])
@droit(peut_voir_refus)
def adresses_refusees() -> ResponseReturnValue:
    form = ReprendreForm()
    if form.validate_on_submit():
        use_cases.reprendre_adresse(Titulaire(form.titulaire.data), form.titulaire_id.data or 0)
        flash(_("C’est noté\u202f: cette adresse n’est plus marquée."), "succes")
        return redirect(url_for("notifications.adresses_refusees"), 303)
    return render("notifications/adresses_refusees.html", refusees=list_adresses_refusees(), form=form)
