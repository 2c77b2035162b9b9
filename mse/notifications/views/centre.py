"""Pages of the notification centre and of the reception preferences."""

from flask import flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from mse.core.errors import LienPerdu
from mse.core.pagination import Cursor
from mse.core.text import _
from mse.core.web import CONNECTE, PUBLIC, ActionForm, droit, moi, redirect_untraced, render, write_afterwards
from mse.extensions import csrf
from mse.notifications import reglages
from mse.notifications.forms import ReceptionForm, reception_form
from mse.notifications.lecture import get_mienne, list_entrees
from mse.notifications.models import Notification
from mse.notifications.reception import Famille, Rythme, list_familles
from mse.notifications.resumes import read_token
from mse.notifications.views import bp
from mse.representation.policies import roles_de

_COOKIE = "resumes"  # session key: the token of the link
_JETON_MAX = 300  # characters


@bp.route("/notifications", methods=["GET", "POST"])
@droit(CONNECTE)
def liste() -> ResponseReturnValue:
    """List the notifications. The button of the page marks all of them as read."""
    form = ActionForm()
    if form.validate_on_submit():
        reglages.tout_lire(par=moi())
        flash(_("Tout est marqué comme lu."), "succes")
        return redirect(url_for("notifications.liste"), 303)
    page = list_entrees(moi(), Cursor.parse(request.args.get("avant", "")))
    return render(
        "notifications/liste.html",
        form=form,
        page=page,
        suite=url_for("notifications.liste", avant=str(page.next)) if page.next else None,
        debut=url_for("notifications.liste") if "avant" in request.args else None,
        non_lues=any(not entree.est_lue for entree in page.rows),
    )


@bp.get("/notifications/<int:notification_id>")
@droit(CONNECTE, sur=get_mienne)
def ouvrir(notification: Notification) -> ResponseReturnValue:
    """Redirect to the page of the notification and mark it as read. A prefetch by the browser does not mark
    it."""
    reponse = redirect(notification.chemin, 303)
    if "Sec-Purpose" not in request.headers and notification.lue_le is None:
        with write_afterwards():
            reglages.lire(notification)
    return reponse


@bp.route("/mon-compte/notifications", methods=["GET", "POST"])
@droit(CONNECTE)
def reception() -> ResponseReturnValue:
    compte, familles = moi(), list_familles(roles_de(moi()))
    form: ReceptionForm = reception_form(
        familles, reglages.read_reception(compte.id), reglages.read_heure(compte.id)
    )
    if form.validate_on_submit():
        choix = {Famille(nom): Rythme(form[nom].data) for nom in familles}
        reglages.choisir_reception(choix, form.heure.data, par=compte)
        flash(_("C’est enregistré."), "succes")
        return redirect(url_for("notifications.reception"), 303)
    return render("notifications/reception.html", form=form, familles=[form[nom] for nom in familles])


# RFC 8058: the mail program posts without a session; the token in the URL authorises it.
@csrf.exempt  # type: ignore[untyped-decorator]
@bp.route("/notifications/resumes/<jeton>/fin", methods=["GET", "POST"])
@droit(PUBLIC)
def fin_des_resumes_recue(jeton: str) -> Response:
    if not ActionForm(meta={"csrf": False}).validate_on_submit():
        session[_COOKIE] = jeton[:_JETON_MAX]
        return redirect_untraced("notifications.fin_des_resumes")
    return _stop_digests(_read_compte(jeton))


@bp.route("/notifications/resumes/fin", methods=["GET", "POST"])
@droit(PUBLIC)
def fin_des_resumes() -> ResponseReturnValue:
    """Stop the digests of the account whose link was last opened in this browser."""
    compte_id, form = _read_compte(str(session.get(_COOKIE, ""))), ActionForm()
    if form.validate_on_submit():
        return _stop_digests(compte_id)
    return render("notifications/fin_des_resumes.html", form=form)


def _read_compte(jeton: str) -> int:
    compte_id = read_token(jeton)
    if compte_id is None:
        raise LienPerdu(_("Nous n’avons pas trouvé ce que ce lien devait arrêter."))
    return compte_id


def _stop_digests(compte_id: int) -> Response:
    reglages.arreter_resumes(compte_id)
    session.pop(_COOKIE, None)
    flash(_("Vous ne recevrez plus de résumé. Tout se lit encore sur le site."), "succes")
    return redirect(url_for("accueil.accueil"), 303)
