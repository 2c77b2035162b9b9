"""Signing in and out, «mon compte», open sessions. A view translates; it decides nothing."""

import logging
from datetime import timedelta
from typing import Any

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from sqlalchemy.exc import DBAPIError

from mse.comptes import use_cases
from mse.comptes.forms import ConnexionForm, CourrielForm, GesteForm, IdentiteForm, MotDePasseForm
from mse.comptes.models import SessionCompte
from mse.comptes.mots_de_passe import LONGUEUR_MIN, mots_du_contexte
from mse.comptes.policies import peut_fermer_session, peut_gerer_comptes
from mse.comptes.queries import get_session_par_id, list_sessions
from mse.comptes.sessions import connecter, deconnecter, get_ma_session, get_passage
from mse.comptes.use_cases.freiner import phrase_d_attente
from mse.core.clock import now
from mse.core.database import READ_ONLY, begin_deferred
from mse.core.textes import _, clean
from mse.core.web import CONNECTE, PUBLIC, droit, moi, own_path, render, reprendre
from mse.core.web.resume import carried_fields
from mse.extensions import db

bp = Blueprint("comptes", __name__)
logger = logging.getLogger(__name__)


def get_frein() -> use_cases.Frein:
    """The limits of this instance; MSE_ECHECS_* in the application's configuration."""
    config = current_app.config
    return use_cases.Frein(
        secret=config["SECRET_KEY"],
        par_compte=max(1, config.get("MSE_ECHECS_PAR_COMPTE", 10)),
        par_adresse=max(1, config.get("MSE_ECHECS_PAR_ADRESSE", 100)),
        fenetre=timedelta(seconds=config.get("MSE_ECHECS_FENETRE", 300)),
    )


@bp.route("/connexion", methods=["GET", "POST"])
@droit(PUBLIC)
def connexion() -> Any:
    form = ConnexionForm(next=own_path(request.args.get("next")))
    if form.validate_on_submit():
        resultat = use_cases.se_connecter(
            form.courriel.data, form.mot_de_passe.data, adresse=request.remote_addr, frein=get_frein()
        )
        if resultat.reference is not None:
            return _enter(resultat.reference, form)
        return _refuse(form, resultat.attente)
    if moi() is not None and "repris_url" in request.form:  # signed in meanwhile, in another window
        return reprendre(request.form["repris_url"], carried_fields())
    if moi() is not None and not form.errors:
        return redirect(own_path(form.next.data) or url_for("accueil.mon_espace"), 303)
    return _page(form, 422 if form.errors else 200)


def _enter(reference: str, form: ConnexionForm) -> Any:
    """With a new cookie: nothing of the visitor's stays, his token neither."""
    ancienne = get_ma_session()
    if ancienne is not None:
        use_cases.fermer_session(ancienne, par=ancienne.compte)
    session.clear()
    g.pop("csrf_token", None)
    session.permanent = True
    connecter(reference)
    if "repris_url" in request.form:
        phrase = _("Connexion réussie. Vérifiez ce que vous aviez écrit, puis envoyez.")
        return reprendre(request.form["repris_url"], carried_fields(), message=phrase)
    return redirect(own_path(form.next.data) or url_for("accueil.mon_espace"), 303)


def _refuse(form: ConnexionForm, attente: int) -> Response:
    """The same words whether the account exists or not."""
    if attente:
        form.form_errors.append(phrase_d_attente(attente))
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
    """What an earlier form carried goes on being carried."""
    html = render_template(
        "comptes/connexion.html",
        form=form,
        reprise=carried_fields() if fields is None else fields,
        reprise_url=own_path(request.form.get("repris_url")) if url is None else url,
        section="comptes",
    )
    return make_response(html, status)


def sign_in_page(suite: str, fields: list[tuple[str, str]], url: str) -> Response:
    """In place of a closed door: 401, with what was typed (`fields`) for the form at `url`."""
    return _page(ConnexionForm(formdata=None, next=own_path(suite)), 401, fields, url)


@bp.post("/deconnexion")
@droit(PUBLIC)
def deconnexion() -> Any:
    form, ouverte = GesteForm(), get_ma_session()
    if form.validate_on_submit():
        if ouverte is not None:
            use_cases.fermer_session(ouverte, par=ouverte.compte)
        deconnecter()
        session.clear()
        g.pop("csrf_token", None)
        flash(_("Votre connexion est fermée."), "succes")
    return redirect(url_for("accueil.accueil"), 303)


@bp.get("/mon-compte")
@droit(CONNECTE)
def mon_compte() -> Any:
    ouvertes = list_sessions(le=now(), compte_id=moi().id)
    return render("comptes/mon_compte.html", compte=moi(), ouvertes=ouvertes, la_mienne=get_ma_session())


@bp.route("/mon-compte/identite", methods=["GET", "POST"])
@droit(CONNECTE)
def identite() -> Any:
    form = IdentiteForm(obj=moi())
    if form.validate_on_submit():
        use_cases.changer_identite(prenom=form.prenom.data, nom=form.nom.data, par=moi())
        return _done(_("Votre nom est enregistré."))
    return render("comptes/identite.html", form=form)


@bp.route("/mon-compte/courriel", methods=["GET", "POST"])
@droit(CONNECTE)
def courriel() -> Any:
    form = CourrielForm()
    if form.validate_on_submit():
        if use_cases.changer_courriel(
            form.courriel.data, mot_de_passe=form.mot_de_passe.data, frein=get_frein(), par=moi()
        ):
            return _done(_("Votre nouvelle adresse est enregistrée. Utilisez-la pour vous connecter."))
        _say(form.mot_de_passe)
    return render("comptes/courriel.html", form=form, actuel=moi().courriel)


@bp.route("/mon-compte/mot-de-passe", methods=["GET", "POST"])
@droit(CONNECTE)
def mot_de_passe() -> Any:
    form, compte = MotDePasseForm(), moi()
    form.mots = mots_du_contexte(compte.prenom, compte.nom, compte.courriel or "")
    if form.validate_on_submit():
        ici = get_ma_session()
        if use_cases.changer_mot_de_passe(
            form.nouveau.data, ancien=form.ancien.data, session=ici, frein=get_frein(), par=compte
        ):
            return _done(_("Votre nouveau mot de passe est enregistré. Vos autres connexions sont fermées."))
        _say(form.ancien)
    return render("comptes/mot_de_passe.html", form=form, minimum=LONGUEUR_MIN)


def _say(field: Any) -> None:
    field.errors = [_("Ce n’est pas votre mot de passe actuel.")]


def _done(phrase: str) -> Any:
    flash(phrase, "succes")
    return redirect(url_for("comptes.mon_compte"), 303)


@bp.get("/connexions")
@droit(peut_gerer_comptes)
def connexions() -> Any:
    nom = clean(request.args.get("nom", "")[:80])
    ouvertes = list_sessions(le=now(), nom=nom)
    return render("comptes/connexions.html", ouvertes=ouvertes, nom=nom, la_mienne=get_ma_session())


@bp.post("/connexions/<int:session_id>/fermer")
@droit(peut_fermer_session, sur=get_session_par_id)
def fermer(ouverte: SessionCompte) -> Any:
    a_soi = ouverte.compte_id == moi().id
    if GesteForm().validate_on_submit():
        use_cases.fermer_session(ouverte, par=moi())
        flash(_("Cette connexion est fermée."), "succes")
    return redirect(url_for("comptes.mon_compte" if a_soi else "comptes.connexions"), 303)


@bp.post("/mon-compte/fermer-les-autres")
@droit(CONNECTE)
def fermer_les_autres() -> Any:
    if GesteForm().validate_on_submit():
        use_cases.fermer_autres_sessions(get_ma_session(), par=moi())
        flash(_("Vos autres connexions sont fermées."), "succes")
    return redirect(url_for("comptes.mon_compte"), 303)


@bp.after_app_request
def _noter_passage(response: Response) -> Response:
    """In a transaction of its own, once the page is made; a busy database only makes it less exact."""
    session_id = get_passage(g._login_user, avant=now() - use_cases.PASSAGE) if "_login_user" in g else None
    if session_id is not None:
        try:
            db.session.rollback()
            begin_deferred(False)
            db.session().info.pop(READ_ONLY, None)
            use_cases.noter_passage(session_id)
        except DBAPIError:
            logger.warning("the passage of session %s was not noted", session_id)
    return response
