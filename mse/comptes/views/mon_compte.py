"""The page «Mon compte», its forms, and the lists of open sessions."""

import logging
from typing import Any

from flask import Response, current_app, flash, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError

from mse.comptes import use_cases
from mse.comptes.adresses import lire
from mse.comptes.forms import CourrielForm, IdentiteForm, MotDePasseForm
from mse.comptes.models import SessionCompte, dire_identifiant
from mse.comptes.mots_de_passe import LONGUEUR_MIN, mots_du_contexte
from mse.comptes.policies import peut_fermer_session, peut_gerer_comptes
from mse.comptes.queries import get_session_par_id, list_refus, list_sessions
from mse.comptes.sessions import get_ma_session, get_stale_session_id
from mse.comptes.views import bp, get_frein
from mse.comptes.views.appareil import remember_device
from mse.comptes.views.connexion import PROPOSE
from mse.core.clock import now
from mse.core.text import _, clean
from mse.core.web import (
    CONNECTE,
    PUBLIC,
    ActionForm,
    droit,
    moi,
    redirect_untraced,
    render,
    write_afterwards,
)

SECRET_MAX = 1000  # characters; signed addresses are far shorter, and a cookie cannot hold more

logger = logging.getLogger(__name__)


@bp.get("/mon-compte")
@droit(CONNECTE)
def mon_compte() -> ResponseReturnValue:
    ouvertes = list_sessions(le=now(), compte_id=moi().id)
    return render(
        "comptes/mon_compte.html",
        compte=moi(),
        identifiant=dire_identifiant(moi().identifiant or ""),
        ouvertes=ouvertes,
        la_mienne=get_ma_session(),
        refus=list_refus([moi().courriel]),
    )


@bp.route("/mon-compte/identite", methods=["GET", "POST"])
@droit(CONNECTE)
def identite() -> ResponseReturnValue:
    form = IdentiteForm(obj=moi())
    if form.validate_on_submit():
        use_cases.changer_identite(prenom=form.prenom.data, nom=form.nom.data, par=moi())
        return _redirect_with_message(_("Votre nom est enregistré."))
    return render("comptes/identite.html", form=form)


@bp.route("/mon-compte/courriel", methods=["GET", "POST"])
@droit(CONNECTE)
def courriel() -> ResponseReturnValue:
    form = CourrielForm()
    if form.validate_on_submit():
        if use_cases.proposer_courriel(
            form.courriel.data, mot_de_passe=form.mot_de_passe.data, frein=get_frein(), par=moi()
        ):
            return _redirect_with_message(
                _(
                    "Un courriel part vers %(courriel)s : ouvrez son lien. D’ici là, rien ne change.",
                    courriel=form.courriel.data,
                )
            )
        _refuse_password(form.mot_de_passe)
    return render("comptes/courriel.html", form=form, actuel=moi().courriel)


@bp.get("/mon-compte/courriel/<secret>")
@droit(PUBLIC)
def courriel_recu(secret: str) -> ResponseReturnValue:
    """Keep the secret in the cookie and redirect, so that it leaves the address bar.
    A visitor must sign in first."""
    session[PROPOSE] = secret[:SECRET_MAX]
    return redirect_untraced("comptes.confirmer_courriel")


@bp.route("/mon-compte/courriel/confirmer", methods=["GET", "POST"])
@droit(CONNECTE)
def confirmer_courriel() -> ResponseReturnValue:
    form, secret_key, secret = ActionForm(), current_app.config["SECRET_KEY"], str(session.get(PROPOSE, ""))
    if form.validate_on_submit():
        use_cases.changer_courriel(secret, secret_key=secret_key, par=moi())
        session.pop(PROPOSE, None)
        return _redirect_with_message(
            _("Votre nouvelle adresse est enregistrée. Utilisez-la pour vous connecter.")
        )
    nouveau = lire(secret, moi(), secret_key=secret_key, le=now())
    return render("comptes/courriel_confirmer.html", form=form, nouveau=nouveau, actuel=moi().courriel)


@bp.route("/mon-compte/mot-de-passe", methods=["GET", "POST"])
@droit(CONNECTE)
def mot_de_passe() -> ResponseReturnValue:
    form, compte = MotDePasseForm(), moi()
    form.mots = mots_du_contexte(compte.prenom, compte.nom, compte.courriel or "")
    if form.validate_on_submit():
        ici = get_ma_session()
        if use_cases.changer_mot_de_passe(
            form.nouveau.data, ancien=form.ancien.data, session=ici, frein=get_frein(), par=compte
        ):
            remember_device(compte)
            return _redirect_with_message(
                _("Votre nouveau mot de passe est enregistré. Vos autres connexions sont fermées.")
            )
        _refuse_password(form.ancien)
    return render("comptes/mot_de_passe.html", form=form, minimum=LONGUEUR_MIN)


def _refuse_password(field: Any) -> None:
    field.errors = [_("Ce n’est pas votre mot de passe actuel.")]


def _redirect_with_message(phrase: str) -> ResponseReturnValue:
    flash(phrase, "succes")
    return redirect(url_for("comptes.mon_compte"), 303)


@bp.get("/connexions")
@droit(peut_gerer_comptes)
def connexions() -> ResponseReturnValue:
    nom = clean(request.args.get("nom", "")[:80])
    ouvertes = list_sessions(le=now(), nom=nom)
    return render("comptes/connexions.html", ouvertes=ouvertes, nom=nom, la_mienne=get_ma_session())


@bp.post("/connexions/<int:session_id>/fermer")
@droit(peut_fermer_session, sur=get_session_par_id)
def fermer(ouverte: SessionCompte) -> ResponseReturnValue:
    a_soi = ouverte.compte_id == moi().id
    if ActionForm().validate_on_submit():
        use_cases.fermer_session(ouverte, par=moi())
        flash(_("Cette connexion est fermée."), "succes")
    return redirect(url_for("comptes.mon_compte" if a_soi else "comptes.connexions"), 303)


@bp.post("/mon-compte/fermer-les-autres")
@droit(CONNECTE)
def fermer_les_autres() -> ResponseReturnValue:
    if ActionForm().validate_on_submit():
        use_cases.fermer_autres_sessions(get_ma_session(), par=moi())
        flash(_("Vos autres connexions sont fermées."), "succes")
    return redirect(url_for("comptes.mon_compte"), 303)


@bp.after_app_request
def _noter_passage(response: Response) -> Response:
    """Update the session in a transaction of its own, after the page is rendered.
    If the database is busy the update is skipped."""
    session_id = (
        get_stale_session_id(g._login_user, avant=now() - use_cases.PASSAGE) if "_login_user" in g else None
    )
    if session_id is not None:
        try:
            with write_afterwards():
                use_cases.noter_passage(session_id)
        except DBAPIError:
            logger.warning("the passage of session %s was not noted", session_id)
    return response
