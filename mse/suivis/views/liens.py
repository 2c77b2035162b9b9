"""Links of mails: confirm a follow, stop it, stop everything. A GET changes nothing, because mail scanners
open links.

The key of a link is moved at once from the URL to the session cookie.
"""

from typing import TypeVar

from flask import flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from mse.core.errors import LienPerdu
from mse.core.text import _
from mse.core.web import PUBLIC, ActionForm, droit, redirect_untraced, render
from mse.extensions import csrf
from mse.suivis import use_cases
from mse.suivis.models import COLONNES, Abonne, Suivi
from mse.suivis.queries.abonnes import count_suivis_de, get_abonne, get_suivi_par_cle, list_confirmes
from mse.suivis.queries.cibles import BULLETINS, METEO
from mse.suivis.views import bp
from mse.suivis.views.suivre import page_of
from mse.suivis.workflow import Objet

Followed = TypeVar("Followed", Suivi, Abonne)

_SUIVI, _ABONNE = "suivi", "abonne"  # session keys: the key of the link last opened
_CLE_MAX = 60  # characters

# The addresses under /meteo stand in mails of older versions. Flask builds the URL that is registered first:
# the decorator nearest to the function.


@bp.get("/meteo/bulletins/abonnement/<cle>")
@bp.get("/suivis/<cle>")
@droit(PUBLIC)
def confirmation_recue(cle: str) -> Response:
    return _exchange(_SUIVI, cle, "suivis.confirmation")


@bp.route("/suivis/confirmation", methods=["GET", "POST"])
@droit(PUBLIC)
def confirmation() -> ResponseReturnValue:
    suivi, form = _mon_suivi(), ActionForm()
    if form.validate_on_submit():
        use_cases.confirmer_suivi(suivi)
        flash(_("C’est fait\u202f: un courriel vous dira quand il y a du nouveau."), "succes")
        return redirect(_page(suivi), 303)
    return render("suivis/confirmer.html", form=form, suivi=suivi)


# RFC 8058: the mail program posts without a session; the key in the URL authorises it.
@csrf.exempt  # type: ignore[untyped-decorator]
@bp.route("/meteo/bulletins/abonnement/<cle>/fin", methods=["GET", "POST"])
@bp.route("/suivis/<cle>/fin", methods=["GET", "POST"])
@droit(PUBLIC)
def fin_recue(cle: str) -> Response:
    if not ActionForm(meta={"csrf": False}).validate_on_submit():
        return _exchange(_SUIVI, cle, "suivis.fin")
    return _stop(_exige(get_suivi_par_cle(cle)))


@bp.route("/suivis/fin", methods=["GET", "POST"])
@droit(PUBLIC)
def fin() -> ResponseReturnValue:
    """Stop one follow, or with the button `tout` everything that the address follows."""
    suivi, form = _mon_suivi(), ActionForm()
    if form.validate_on_submit():
        if suivi.abonne is not None and "tout" in request.form:
            return _stop_all(suivi.abonne)
        return _stop(suivi)
    autres = count_suivis_de(suivi.abonne_id) - 1 if suivi.abonne_id is not None else 0
    return render("suivis/fin.html", form=form, suivi=suivi, autres=autres, page=_page(suivi))


@csrf.exempt  # type: ignore[untyped-decorator]
@bp.route("/suivis/tout/<cle>/fin", methods=["GET", "POST"])
@droit(PUBLIC)
def fin_de_tout_recue(cle: str) -> Response:
    if not ActionForm(meta={"csrf": False}).validate_on_submit():
        return _exchange(_ABONNE, cle, "suivis.fin_de_tout")
    return _stop_all(_exige(get_abonne(cle)))


@bp.route("/suivis/tout/fin", methods=["GET", "POST"])
@droit(PUBLIC)
def fin_de_tout() -> ResponseReturnValue:
    abonne, form = _exige(get_abonne(str(session.get(_ABONNE, "")))), ActionForm()
    if form.validate_on_submit():
        return _stop_all(abonne)
    return render("suivis/fin_de_tout.html", form=form, nombre=count_suivis_de(abonne.id))


@bp.get("/suivis/rester/<cle>")
@droit(PUBLIC)
def rester_recu(cle: str) -> Response:
    return _exchange(_ABONNE, cle, "suivis.rester")


@bp.route("/suivis/rester", methods=["GET", "POST"])
@droit(PUBLIC)
def rester() -> ResponseReturnValue:
    """Keep the address for two more years."""
    abonne, form = _exige(get_abonne(str(session.get(_ABONNE, "")))), ActionForm()
    if form.validate_on_submit():
        use_cases.rester(abonne)
        flash(_("C’est fait\u202f: vous continuez à suivre ces pages pendant deux ans."), "succes")
        return redirect(url_for("fiches.liste"), 303)
    noms = [suivi.nom_public or str(BULLETINS) for suivi in list_confirmes(abonne)]
    return render("suivis/rester.html", form=form, noms=noms)


def _exchange(nom: str, cle: str, endpoint: str) -> Response:
    session[nom] = cle[:_CLE_MAX]
    return redirect_untraced(endpoint)


def _mon_suivi() -> Suivi:
    """Return the follow of the link last opened in this browser."""
    return _exige(get_suivi_par_cle(str(session.get(_SUIVI, ""))))


def _exige(objet: Followed | None) -> Followed:
    if objet is None:
        raise LienPerdu(_("Vous ne suivez plus cette page."))
    return objet


def _page(suivi: Suivi) -> str:
    if suivi.objet == Objet.BULLETINS:
        return page_of(suivi.objet, METEO)
    return page_of(suivi.objet, getattr(suivi, COLONNES[suivi.objet]))


def _stop(suivi: Suivi) -> Response:
    page = _page(suivi) if suivi.nom_public or suivi.objet == Objet.BULLETINS else url_for("fiches.liste")
    use_cases.arreter_par_lien(suivi)
    session.pop(_SUIVI, None)
    flash(_("C’est fait\u202f: vous ne recevrez plus rien à ce sujet."), "succes")
    return redirect(page, 303)


def _stop_all(abonne: Abonne) -> Response:
    use_cases.arreter_tout(abonne)
    session.pop(_SUIVI, None)
    session.pop(_ABONNE, None)
    flash(_("Vous ne recevrez plus rien\u202f: votre adresse est effacée."), "succes")
    return redirect(url_for("accueil.accueil"), 303)
