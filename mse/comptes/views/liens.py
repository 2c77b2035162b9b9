"""Links in mails: requested here, exchanged for a cookie by GET, used by POST only."""

import re
from collections.abc import Callable

from flask import flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from mse.comptes import use_cases
from mse.comptes.forms import AdresseForm, NouveauMotDePasseForm
from mse.comptes.jetons import INVITATIONS
from mse.comptes.models import DUREES, Jeton, NatureJeton, hash_secret
from mse.comptes.mots_de_passe import LONGUEUR_MIN, mots_du_contexte
from mse.comptes.queries import get_jeton
from mse.comptes.views import bp, get_frein
from mse.comptes.views.appareil import get_appareil
from mse.comptes.views.connexion import sign_in_browser
from mse.core.clock import now
from mse.core.text import _
from mse.core.web import PUBLIC, ActionForm, droit, moi, redirect_untraced, render
from mse.core.web.resubmission import carried_fields

PERDU = 410


@bp.route("/connexion/lien", methods=["GET", "POST"])
@droit(PUBLIC)
def demander_lien() -> ResponseReturnValue:
    form = AdresseForm()
    return _request_link(form, use_cases.demander_lien, "comptes/lien.html", NatureJeton.CONNEXION)


@bp.route("/mot-de-passe-oublie", methods=["GET", "POST"])
@droit(PUBLIC)
def oublie() -> ResponseReturnValue:
    form, nature = AdresseForm(courriel=moi().courriel if moi() else None), NatureJeton.REINITIALISATION
    return _request_link(form, use_cases.demander_reinitialisation, "comptes/oublie.html", nature)


def _request_link(
    form: AdresseForm, demander: Callable[..., None], template: str, nature: NatureJeton
) -> ResponseReturnValue:
    """Show the same page whether the account exists or not."""
    envoye = form.validate_on_submit()
    if envoye:
        demander(form.courriel.data, adresse=request.remote_addr, frein=get_frein(), appareil=get_appareil())
    return render(
        template,
        form=form,
        envoye=envoye,
        minutes=int(DUREES[nature].total_seconds() // 60),
        reprise=carried_fields(),
        reprise_url=request.form.get("repris_url", ""),
    )


@bp.get("/connexion/lien/<secret>")
@droit(PUBLIC)
def lien_recu(secret: str) -> Response:
    return exchange_secret(NatureJeton.CONNEXION, secret, "comptes.entrer")


@bp.get("/mot-de-passe-oublie/<secret>")
@droit(PUBLIC)
def reinitialisation_recue(secret: str) -> Response:
    return exchange_secret(NatureJeton.REINITIALISATION, secret, "comptes.reinitialiser")


def exchange_secret(nature: NatureJeton, secret: str, endpoint: str) -> Response:
    """Keep the hash of the secret in the session cookie and redirect, so that the secret disappears from the
    address bar and from the Referer header."""
    return keep_token_hash(nature, hash_secret(secret), endpoint)


def keep_token_hash(nature: NatureJeton, token_hash: str, endpoint: str) -> Response:
    """Store the token hash in the session cookie and redirect. An invitation replaces those opened before on
    the same computer."""
    if nature in INVITATIONS:
        for autre in INVITATIONS:
            session.pop(_cookie_key(autre), None)
        session.pop("code", None)
    session[_cookie_key(nature)] = token_hash
    return redirect_untraced(endpoint)


def get_token_hash(nature: NatureJeton) -> str:
    """Return the token hash in the session cookie; empty if it is missing or malformed."""
    token_hash = session.get(_cookie_key(nature))
    return token_hash if isinstance(token_hash, str) and re.fullmatch(r"[0-9a-f]{64}", token_hash) else ""


def get_jeton_conserve(nature: NatureJeton) -> Jeton | None:
    return get_jeton(get_token_hash(nature), nature, le=now())


def _cookie_key(nature: NatureJeton) -> str:
    return f"porte-{nature}"


@bp.route("/connexion/entrer", methods=["GET", "POST"])
@droit(PUBLIC)
def entrer() -> ResponseReturnValue:
    jeton = get_jeton_conserve(NatureJeton.CONNEXION)
    form = ActionForm()
    if jeton is None:
        return show_invalid_link(NatureJeton.CONNEXION)
    if form.validate_on_submit():
        return sign_in_and_redirect(
            use_cases.entrer_par_lien(get_token_hash(NatureJeton.CONNEXION)), NatureJeton.CONNEXION
        )
    return render("comptes/entrer.html", form=form, personne=jeton.compte)


@bp.route("/mot-de-passe-oublie/nouveau", methods=["GET", "POST"])
@droit(PUBLIC)
def reinitialiser() -> ResponseReturnValue:
    nature = NatureJeton.REINITIALISATION
    jeton = get_jeton_conserve(nature)
    if jeton is None:
        return show_invalid_link(nature)
    compte, form = jeton.compte, NouveauMotDePasseForm()
    form.mots = mots_du_contexte(compte.prenom, compte.nom, compte.courriel or "")
    if form.validate_on_submit():
        phrase = _("Votre nouveau mot de passe est enregistré. Vos autres connexions sont fermées.")
        reference = use_cases.reinitialiser_mot_de_passe(get_token_hash(nature), form.nouveau.data)
        return sign_in_and_redirect(reference, nature, phrase)
    return render("comptes/reinitialiser.html", form=form, identifiant=compte.courriel, minimum=LONGUEUR_MIN)


def sign_in_and_redirect(reference: str | None, nature: NatureJeton, phrase: str = "") -> ResponseReturnValue:
    """Sign in with a new cookie and redirect home. `reference` is None if the link has just been used."""
    if reference is None:
        return show_invalid_link(nature)
    sign_in_browser(reference)
    if phrase:
        flash(phrase, "succes")
    return redirect(url_for("accueil.mon_espace"), 303)


def show_invalid_link(nature: NatureJeton) -> ResponseReturnValue:
    """Show that the link is used, expired or replaced (410).
    A signed-in user, who probably clicked twice, is redirected home."""
    if moi() is not None:
        return redirect(url_for("accueil.mon_espace"), 303)
    html, _status = render("comptes/lien_perdu.html", nature=nature, demande=AdresseForm(formdata=None))
    return html, PERDU
