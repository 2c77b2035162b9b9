"""Stop a follow from the link of a mail. A GET changes nothing, because mail scanners open links.

The key of a link is moved at once from the URL to the session cookie.
"""

from flask import flash, redirect, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from mse.core.errors import LienPerdu
from mse.core.text import _
from mse.core.web import PUBLIC, ActionForm, droit, redirect_untraced, render
from mse.extensions import csrf
from mse.suivis import use_cases
from mse.suivis.models import Suivi
from mse.suivis.queries.suiveurs import get_suivi_par_cle
from mse.suivis.views import bp

_COOKIE = "suivi"  # session key: the key of the link last opened
_CLE_MAX = 60  # characters


# RFC 8058: the mail program posts without a session; the key in the URL authorises it.
@csrf.exempt  # type: ignore[untyped-decorator]
@bp.route("/suivis/<cle>/fin", methods=["GET", "POST"])
@droit(PUBLIC)
def fin_recue(cle: str) -> Response:
    if not ActionForm(meta={"csrf": False}).validate_on_submit():
        session[_COOKIE] = cle[:_CLE_MAX]
        return redirect_untraced("suivis.fin")
    return _stop(_exige(cle))


@bp.route("/suivis/fin", methods=["GET", "POST"])
@droit(PUBLIC)
def fin() -> ResponseReturnValue:
    suivi, form = _exige(str(session.get(_COOKIE, ""))), ActionForm()
    if form.validate_on_submit():
        return _stop(suivi)
    return render("suivis/fin.html", form=form, suivi=suivi)


def _exige(cle: str) -> Suivi:
    suivi = get_suivi_par_cle(cle)
    if suivi is None:
        raise LienPerdu(_("Ce lien ne sert plus\u202f: vous ne suivez plus cette page."))
    return suivi


def _stop(suivi: Suivi) -> Response:
    use_cases.arreter_par_lien(suivi)
    session.pop(_COOKIE, None)
    flash(_("C’est fait\u202f: vous ne recevrez plus rien à ce sujet."), "succes")
    return redirect(url_for("fiches.liste"), 303)
