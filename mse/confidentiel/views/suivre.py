"""The thread as its author reads it, with the code or with the account."""

from uuid import uuid4

from flask import current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from mse.confidentiel import forms
from mse.confidentiel.codes import read_code
from mse.confidentiel.libelles import ACTES, ETATS, SUITES, SUJETS, URGENCES
from mse.confidentiel.models import Confidence
from mse.confidentiel.policies import est_auteur
from mse.confidentiel.queries import get_sien
from mse.confidentiel.use_cases.ecrire import completer, presenter_code
from mse.confidentiel.views import bp
from mse.confidentiel.views.navigateur import get_thread, keep_thread, read_sender
from mse.core.text import _
from mse.core.web import PUBLIC, droit, redirect_untraced, render


@bp.route("/confidentiel/suivi", methods=["GET", "POST"])
@droit(PUBLIC)
def suivi() -> ResponseReturnValue:
    """The thread that this browser has opened, else the form of the code. The code is sent by POST and
    exchanged for a cookie: no URL holds it."""
    signalement = get_thread()
    if signalement is not None and "code" not in request.form:
        return _show(signalement, url_for("confidentiel.suivi"))
    form = forms.CodeForm()
    if form.validate_on_submit():
        code = form.code.data or ""
        if presenter_code(code, de=read_sender()) is not None:
            keep_thread(read_code(code))
            return redirect_untraced("confidentiel.suivi")
        form.code.errors = [_("Ce code n’ouvre rien. Vérifiez chaque lettre et chaque chiffre.")]
    return render("confidentiel/code.html", form=form, urgences=URGENCES)


@bp.route("/confidentiel/<int:signalement_id>", methods=["GET", "POST"])
@droit(est_auteur, sur=get_sien)
def sien(signalement: Confidence) -> ResponseReturnValue:
    return _show(signalement, url_for("confidentiel.sien", signalement_id=signalement.id))


def _show(signalement: Confidence, adresse: str) -> ResponseReturnValue:
    """Show the thread and the form of the next message."""
    form = forms.MessageForm(cle=str(uuid4()))
    if form.validate_on_submit():
        completer(
            signalement,
            form.texte.data or "",
            cle=form.cle.data or "",
            secret=current_app.config["SECRET_KEY"],
        )
        flash(_("Votre message est envoyé."), "succes")
        return redirect(adresse, 303)
    return render(
        "confidentiel/fil.html",
        form=form,
        signalement=signalement,
        adresse=adresse,
        urgences=URGENCES,
        sujet=SUJETS[signalement.sujet],
        etat=ETATS[signalement.etat],
        suite=SUITES[signalement.etat],
        actes=ACTES,
    )
