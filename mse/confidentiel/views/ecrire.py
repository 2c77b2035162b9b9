"""Pages on which an author begins: the numbers to call, the form, the receipt."""

from uuid import uuid4

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from mse.confidentiel import forms
from mse.confidentiel.codes import read_code
from mse.confidentiel.libelles import ECOUTES, URGENCES
from mse.confidentiel.queries import has_referent, list_siens
from mse.confidentiel.use_cases.ecrire import signaler
from mse.confidentiel.views import bp
from mse.confidentiel.views.navigateur import (
    forget_all,
    forget_code,
    get_code,
    keep_code,
    keep_thread,
    read_sender,
)
from mse.confidentiel.workflow import Sujet
from mse.core.web import PUBLIC, ActionForm, droit, moi, render

AILLEURS = "https://fr.wikipedia.org/"  # a page that says nothing about who reads it


@bp.get("/confidentiel")
@droit(PUBLIC)
def accueil() -> ResponseReturnValue:
    """The numbers to call, then what can be done here."""
    return render(
        "confidentiel/accueil.html",
        urgences=URGENCES,
        ecoutes=ECOUTES,
        est_lu=has_referent(),
        siens=list_siens(moi()),
    )


@bp.route("/confidentiel/ecrire", methods=["GET", "POST"])
@droit(PUBLIC)
def ecrire() -> ResponseReturnValue:
    form = forms.SignalementForm(cle=str(uuid4()))
    if form.validate_on_submit():
        par = moi() if form.avec_compte.data else None
        signalement_id, code = signaler(
            Sujet(form.sujet.data),
            form.texte.data or "",
            mineur=form.mineur.data,
            cle=form.cle.data or "",
            de=read_sender(),
            par=par,
        )
        if par is not None:
            return redirect(url_for("confidentiel.sien", signalement_id=signalement_id), 303)
        keep_code(code)
        keep_thread(read_code(code))
        return redirect(url_for("confidentiel.recu"), 303)
    return render(
        "confidentiel/ecrire.html",
        form=form,
        urgences=URGENCES,
        est_lu=has_referent(),
        a_un_compte=moi() is not None,
    )


@bp.route("/confidentiel/recu", methods=["GET", "POST"])
@droit(PUBLIC)
def recu() -> ResponseReturnValue:
    """Show the code until the author says that it is written down; never again afterwards."""
    if ActionForm().validate_on_submit():
        forget_code()
        return redirect(url_for("confidentiel.suivi"), 303)
    code = get_code()
    if code is None:
        return redirect(url_for("confidentiel.suivi"), 303)
    return render("confidentiel/recu.html", code=code, action=ActionForm())


@bp.get("/confidentiel/quitter")
@droit(PUBLIC)
def quitter() -> Response:
    """Leave the site at once. Closes the thread in this browser, so that «back» does not show it; nothing is
    lost, the code opens it again."""
    forget_all()
    response = redirect(AILLEURS, 303)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response
