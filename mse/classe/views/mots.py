"""Find the delegates of a promotion by the code of its poster, and leave them a word; their page of words."""

from uuid import uuid4

from flask import flash, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from mse.classe import forms
from mse.classe.jetons import read_code
from mse.classe.models import CodeDePromotion, Mot
from mse.classe.policies import est_delegue_de, peut_lire_mot
from mse.classe.queries.mots import get_code_par_texte, get_mot, get_promotion_de, has_delegue, list_mots
from mse.classe.use_cases.contribuer import Envoi
from mse.classe.use_cases.mots import compter_code, effacer_mot, laisser_mot, lire_mot
from mse.classe.views import bp
from mse.classe.views.liens import CODE, read_sender, remember_device
from mse.core.clock import today
from mse.core.text import _, lazy
from mse.core.web import (
    PUBLIC,
    ActionForm,
    SuppressionForm,
    droit,
    moi,
    redirect_untraced,
    render,
    sign_return,
)
from mse.representation.models import Promotion


@bp.get("/delegues/<code>")
@droit(PUBLIC)
def code_flashe(code: str) -> Response:
    """Exchange the code of the QR code for a cookie."""
    session[CODE] = read_code(code)
    remember_device()
    return redirect_untraced("classe.laisser")


@bp.route("/delegues", methods=["GET", "POST"])
@droit(PUBLIC)
def trouver() -> ResponseReturnValue:
    """Type the code of the poster."""
    form = forms.CodeForm()
    if form.validate_on_submit():
        de, code = read_sender(CODE), read_code(form.code.data or "")
        compter_code(adresse=de.adresse, secret=de.secret)
        if get_code_par_texte(code) is not None:
            session[CODE] = code
            return redirect(url_for("classe.laisser"), 303)
        form.code.errors = [_("Ce code n’existe pas. Vérifiez les huit signes sur l’affiche.")]
    return render("classe/trouver.html", form=form)


@bp.route("/delegues/mot", methods=["GET", "POST"])
@droit(PUBLIC)
def laisser() -> ResponseReturnValue:
    """Leave a word for the delegates of the promotion whose code was given."""
    de = read_sender(CODE)
    code = _get_code(de)
    if code is None:
        return _render_unknown()
    form = forms.MotForm(cle=str(uuid4()))
    a_un_delegue = has_delegue(code.promotion_id, le=today())
    if a_un_delegue and form.validate_on_submit():
        laisser_mot(form.texte.data or "", form.prenom.data or "", cle=form.cle.data or "", de=de)
        flash(_("Merci. Vos délégué·es liront votre mot."), "succes")
        return redirect(url_for("classe.laisser"), 303)
    return render("classe/laisser.html", form=form, promotion=code.promotion, a_un_delegue=a_un_delegue)


@bp.get("/promotions/<int:promotion_id>/mots")
@droit(est_delegue_de, sur=get_promotion_de)
def mots(promotion: Promotion) -> ResponseReturnValue:
    form = SuppressionForm(vu=sign_return(url_for("classe.mots", promotion_id=promotion.id)))
    return render("classe/mots.html", form=form, promotion=promotion, mots=list_mots(promotion))


@bp.route("/mots/<int:mot_id>/lecture", methods=["GET", "POST"])
@droit(peut_lire_mot, sur=get_mot)
def lire(mot: Mot) -> ResponseReturnValue:
    if ActionForm().validate_on_submit():
        lire_mot(mot, par=moi())
        flash(_("C’est noté : ce mot est lu."), "succes")
    return _back(mot.promotion_id)


@bp.route("/mots/<int:mot_id>/suppression", methods=["GET", "POST"])
@droit(peut_lire_mot, sur=get_mot, parti=lazy("Ce mot est déjà effacé."))
def effacer(mot: Mot) -> ResponseReturnValue:
    promotion_id = mot.promotion_id
    if SuppressionForm().validate_on_submit():
        effacer_mot(mot, par=moi())
        flash(_("Le mot est effacé."), "succes")
    return _back(promotion_id)


def _back(promotion_id: int) -> ResponseReturnValue:
    return redirect(url_for("classe.mots", promotion_id=promotion_id), 303)


def _get_code(de: Envoi) -> CodeDePromotion | None:
    return get_code_par_texte(de.reference) if de.reference else None


def _render_unknown() -> ResponseReturnValue:
    texte = request.form.get("texte", "")[:5000] if request.method == "POST" else ""
    return make_response(render_template("classe/code_inconnu.html", texte=texte), 410)
