"""Pages of the référents. A text is shown to those only who pressed the button that records the reading."""

from collections.abc import Sequence
from uuid import uuid4

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from mse.confidentiel import forms
from mse.confidentiel.libelles import ACTES, BOUTONS, ETATS, SUJETS
from mse.confidentiel.models import Confidence
from mse.confidentiel.policies import est_referent, peut_lire_signalement
from mse.confidentiel.queries import a_ouvert, get_a_traiter, get_queue, get_signalement
from mse.confidentiel.use_cases.lire import ouvrir_signalement, traiter_signalement
from mse.confidentiel.views import bp
from mse.confidentiel.workflow import Acte
from mse.core.clock import today
from mse.core.text import _
from mse.core.web import ActionForm, droit, moi, render

_UN = "/confidentiel/lecture/<int:signalement_id>"


@bp.get("/confidentiel/lecture")
@droit(lambda compte, _queue: est_referent(compte), sur=get_queue)
def file(queue: list[Sequence[Confidence]]) -> ResponseReturnValue:
    a_lire, en_nombre, suivis, clos = queue
    return render(
        "confidentiel/file.html",
        a_lire=a_lire,
        en_nombre=en_nombre,
        suivis=suivis,
        clos=clos,
        sujets=SUJETS,
        etats=ETATS,
    )


@bp.get(_UN)
@droit(peut_lire_signalement, sur=get_signalement)
def lecture(signalement: Confidence) -> ResponseReturnValue:
    if not a_ouvert(moi(), signalement, today()):
        return render("confidentiel/ouvrir.html", signalement=signalement, action=ActionForm())
    return render(
        "confidentiel/lecture.html",
        signalement=signalement,
        sujet=SUJETS[signalement.sujet],
        etat=ETATS[signalement.etat],
        actes=ACTES,
        possibles={acte: BOUTONS[acte] for acte in signalement.actes},
    )


@bp.route(f"{_UN}/ouverture", methods=["GET", "POST"])
@droit(peut_lire_signalement, sur=get_signalement)
def ouvrir(signalement: Confidence) -> ResponseReturnValue:
    """Record the reading. The button is on the page of the report; a GET redirects there."""
    if ActionForm().validate_on_submit():
        ouvrir_signalement(signalement, par=moi())
    return redirect(url_for("confidentiel.lecture", signalement_id=signalement.id), 303)


@bp.route(f"{_UN}/<action>", methods=["GET", "POST"])
@droit(peut_lire_signalement, sur=get_a_traiter)
def traiter(signalement: Confidence, action: str) -> ResponseReturnValue:
    page = url_for("confidentiel.lecture", signalement_id=signalement.id)
    acte = Acte(action)
    if not a_ouvert(moi(), signalement, today()):
        return redirect(page, 303)
    form = forms.ActeForm(cle=str(uuid4()))
    if form.validate_on_submit():
        traiter_signalement(signalement, acte, form.texte.data or "", cle=form.cle.data or "", par=moi())
        flash(_("C’est fait. La personne le lira quand elle reviendra."), "succes")
        return redirect(page, 303)
    return render(
        "confidentiel/traiter.html",
        form=form,
        signalement=signalement,
        titre=BOUTONS[acte],
        est_prise=acte == Acte.PRENDRE,
        est_cloture=acte == Acte.CLORE,
        page=page,
    )
