"""Sign in by password, and sign out."""

from flask import Response, flash, g, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from mse.comptes import use_cases
from mse.comptes.forms import ConnexionForm
from mse.comptes.models import NatureJeton
from mse.comptes.sessions import connecter, deconnecter, get_ma_session
from mse.comptes.views import bp, get_frein
from mse.comptes.views.appareil import get_appareil, remember_device
from mse.core.rate_limit import wait_message
from mse.core.text import _
from mse.core.web import PUBLIC, ActionForm, droit, moi, own_path, show_form_again
from mse.core.web.resubmission import RIEN_FAIT, carried_fields

PROPOSE = "courriel-propose"  # key in the cookie: the secret of a link that verifies an address
INVITE = f"porte-{NatureJeton.INVITATION}"  # key in the cookie: the hash of an invitation's secret


@bp.route("/connexion", methods=["GET", "POST"])
@droit(PUBLIC)
def connexion() -> ResponseReturnValue:
    form = ConnexionForm(next=own_path(request.args.get("next")))
    if form.validate_on_submit():
        resultat = use_cases.se_connecter(
            form.courriel.data,
            form.mot_de_passe.data,
            adresse=request.remote_addr,
            frein=get_frein(),
            appareil=get_appareil(),
        )
        if resultat.reference is not None:
            return _sign_in(resultat.reference, form)
        return _refuse(form, resultat.attente)
    if moi() is not None and "repris_url" in request.form:  # the user signed in meanwhile, in another window
        return show_form_again(request.form["repris_url"], carried_fields(), sans_page=str(RIEN_FAIT))
    if moi() is not None and not form.errors:
        return redirect(own_path(form.next.data) or url_for("accueil.mon_espace"), 303)
    return _page(form, 422 if form.errors else 200)


def _sign_in(reference: str, form: ConnexionForm) -> ResponseReturnValue:
    sign_in_browser(reference)
    if "repris_url" in request.form:
        phrase = _("Connexion réussie. Vérifiez ce que vous aviez écrit, puis envoyez.")
        return show_form_again(
            request.form["repris_url"], carried_fields(), message=phrase, sans_page=str(RIEN_FAIT)
        )
    return redirect(own_path(form.next.data) or url_for("accueil.mon_espace"), 303)


def sign_in_browser(reference: str) -> None:
    """Sign in with a new cookie. Nothing of the visitor's cookie is kept, CSRF token included, except the
    links just opened: to verify an address, or to join an invitation to this account."""
    ancienne = get_ma_session()
    if ancienne is not None:
        use_cases.fermer_session(ancienne, par=ancienne.compte)
    gardes = {key: session[key] for key in (PROPOSE, INVITE) if key in session}
    session.clear()
    session.update(gardes)
    g.pop("csrf_token", None)
    session.permanent = True
    connecter(reference)
    remember_device(moi())


def _refuse(form: ConnexionForm, attente: int) -> Response:
    """Show the same sentences whether the account exists or not."""
    if attente:
        form.form_errors.append(wait_message(attente))
        form.form_errors.append(  # links have a rate limit of their own
            _("Pour entrer sans attendre : écrivez votre adresse, puis « Recevoir un lien par courriel ».")
        )
        response = _page(form, 429)
        response.headers["Retry-After"] = str(attente)
        return response
    form.form_errors.append(
        _("L’adresse ou le mot de passe ne convient pas. Vérifiez-les, puis recommencez.")
    )
    return _page(form, 422)


def _page(
    form: ConnexionForm, status: int, fields: list[tuple[str, str]] | None = None, url: str | None = None
) -> Response:
    """Render the sign-in page. Hidden fields carry `fields`, the typed fields of the form at `url`; by
    default those that an earlier sign-in page carried."""
    html = render_template(
        "comptes/connexion.html",
        form=form,
        reprise=carried_fields() if fields is None else fields,
        reprise_url=own_path(request.form.get("repris_url")) if url is None else url,
        section="comptes",
    )
    return make_response(html, status)


def sign_in_page(suite: str, fields: list[tuple[str, str]], url: str) -> Response:
    """Return the sign-in page instead of a denied page:
    401, with the typed `fields` for the form at `url`."""
    return _page(ConnexionForm(formdata=None, next=own_path(suite)), 401, fields, url)


@bp.post("/deconnexion")
@droit(PUBLIC)
def deconnexion() -> ResponseReturnValue:
    form, ouverte = ActionForm(), get_ma_session()
    if form.validate_on_submit():
        if ouverte is not None:
            use_cases.fermer_session(ouverte, par=ouverte.compte)
        deconnecter()
        session.clear()
        g.pop("csrf_token", None)
        flash(_("Votre connexion est fermée."), "succes")
    elif ouverte is None:
        flash(_("Votre connexion était déjà fermée."), "info")
    return redirect(url_for("accueil.accueil"), 303)
