"""First visit, by the link of a mail or the code of a printed sheet."""

from flask import flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from mse.comptes import use_cases
from mse.comptes.forms import CODE_MAX, CodeForm, PremierMotDePasseForm
from mse.comptes.models import Compte, Jeton, NatureJeton, dire_identifiant
from mse.comptes.mots_de_passe import LONGUEUR_MIN, mots_du_contexte
from mse.comptes.policies import peut_rejoindre
from mse.comptes.queries import get_titulaire
from mse.comptes.views import bp, get_frein
from mse.comptes.views.liens import (
    exchange_secret,
    get_jeton_conserve,
    get_token_hash,
    keep_token_hash,
    show_invalid_link,
    sign_in_and_redirect,
)
from mse.core.text import _, clean
from mse.core.web import PUBLIC, ActionForm, droit, moi, redirect_untraced, render


@bp.get("/invitation/<secret>")
@droit(PUBLIC)
def invitation_recue(secret: str) -> Response:
    return exchange_secret(NatureJeton.INVITATION, secret, "comptes.bienvenue")


@bp.get("/code/<code>")
@droit(PUBLIC)
def code_flashe(code: str) -> Response:
    """Redirect from the URL in the QR code of a sheet to the form for codes, already filled in."""
    session["code"] = clean(code[:CODE_MAX])
    return redirect_untraced("comptes.code")


@bp.route("/invitation", methods=["GET", "POST"])
@droit(PUBLIC)
def code() -> ResponseReturnValue:
    form = CodeForm(code=session.get("code"))
    if form.validate_on_submit():
        token_hash = use_cases.presenter_code(form.code.data, adresse=request.remote_addr, frein=get_frein())
        if token_hash is not None:
            return keep_token_hash(NatureJeton.CODE, token_hash, "comptes.bienvenue")
        form.code.errors = [
            _(
                "Ce code ne marche pas. Vérifiez chaque lettre et chaque chiffre, "
                "ou demandez une nouvelle feuille."
            )
        ]
    return render("comptes/code.html", form=form)


@bp.route("/premiere-visite", methods=["GET", "POST"])
@droit(PUBLIC)
def bienvenue() -> ResponseReturnValue:
    """Choose a password. A mailed invitation can be accepted without one, or joined to an account that the
    person has.

    `?clair` shows the password while it is typed, for browsers without JavaScript.
    """
    jeton = _jeton()
    if jeton is None:
        return show_invalid_link(NatureJeton.INVITATION)
    compte, nature = jeton.compte, jeton.nature
    par_courriel = nature == NatureJeton.INVITATION
    form = PremierMotDePasseForm()
    form.mots = mots_du_contexte(compte.prenom, compte.nom, compte.adresse or "")
    rejoint = peut_rejoindre(moi(), compte)
    if rejoint and "rejoindre" in request.form and ActionForm().validate_on_submit():
        if not use_cases.rejoindre_compte(get_token_hash(nature), nature, par=moi()):
            return show_invalid_link(nature)
        flash(_("C’est fait : votre nouveau rôle est dans ce compte."), "succes")
        return redirect(url_for("accueil.mon_espace"), 303)
    sans = "sans" in request.form and par_courriel
    if ActionForm().validate_on_submit() if sans else form.validate_on_submit():
        reference = use_cases.accepter_invitation(
            get_token_hash(nature),
            nature,
            mot_de_passe=None if sans else form.nouveau.data,
        )
        return sign_in_and_redirect(reference, nature, _dire_comment_revenir(compte))
    return render(
        "comptes/bienvenue.html",
        form=form,
        personne=compte,
        rejoint=moi() if rejoint else None,
        par_courriel=par_courriel,
        titulaire=get_titulaire(compte) if par_courriel else None,
        retour=compte.adresse if par_courriel else dire_identifiant(compte.identifiant or ""),
        clair="clair" in request.args,
        minimum=LONGUEUR_MIN,
    )


def _dire_comment_revenir(compte: Compte) -> str:
    """Remind an account without address of its identifiant, the only way to sign in again."""
    if compte.courriel:
        return ""
    return _(
        "Pour revenir, il vous faut votre identifiant, %(identifiant)s, et votre mot de passe. Notez-les.",
        identifiant=compte.nom_de_connexion,
    )


def _jeton() -> Jeton | None:
    """Return the token of the invitation that this browser keeps; there is at most one."""
    return get_jeton_conserve(NatureJeton.CODE) or get_jeton_conserve(NatureJeton.INVITATION)
