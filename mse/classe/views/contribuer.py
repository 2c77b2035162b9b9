"""Pages of a trainee with the link of a draft: one question a page, without an account."""

from uuid import uuid4

from flask import flash, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from mse.classe import forms
from mse.classe.jetons import hash_token, mark_device
from mse.classe.libelles import DESSINS, NATURES, QUESTIONS
from mse.classe.models import ClasseDeFiche, Participant
from mse.classe.queries.classes import (
    count_envois,
    get_classe_par_jeton,
    get_derniere_contribution,
    get_participant,
)
from mse.classe.use_cases.contribuer import Envoi, contribuer, dire_concerne, signer
from mse.classe.views import bp
from mse.classe.views.liens import LIEN, read_sender, remember_device
from mse.classe.workflow import Nature
from mse.core.clock import now
from mse.core.text import _
from mse.core.web import PUBLIC, ActionForm, droit, redirect_untraced, render


@bp.get("/classe/<jeton>")
@droit(PUBLIC)
def arriver(jeton: str) -> Response:
    """Exchange the token for a cookie."""
    session[LIEN] = hash_token(jeton)
    remember_device()
    return redirect_untraced("classe.accueil")


@bp.route("/classe", methods=["GET", "POST"])
@droit(PUBLIC)
def accueil() -> ResponseReturnValue:
    """Show what the draft is about and what can be added. The button of this page says «je suis
    concerné·e»."""
    de = read_sender(LIEN)
    classe = _get_classe_ouverte(de)
    if classe is None:
        return _render_ended()
    if ActionForm().validate_on_submit():
        dire_concerne(de=de)
        flash(_("Merci. C’est compté."), "succes")
        return redirect(url_for("classe.accueil"), 303)
    participant = _get_participant(classe, de)
    return render(
        "classe/accueil.html",
        form=ActionForm(),
        fiche=classe.fiche,
        natures=NATURES,
        dessins=DESSINS,
        est_concerne=participant is not None and participant.est_concerne,
        envois=count_envois(participant) if participant is not None else 0,
    )


@bp.route("/classe/ecrire/<nature>", methods=["GET", "POST"])
@droit(PUBLIC)
def ecrire(nature: str) -> ResponseReturnValue:
    de = read_sender(LIEN)
    classe = _get_classe_ouverte(de)
    if classe is None or nature not in set(Nature):
        return _render_ended() if classe is None else redirect(url_for("classe.accueil"), 303)
    form, choisie = forms.ContributionForm(cle=str(uuid4())), Nature(nature)
    if form.validate_on_submit():
        contribuer(choisie, form.texte.data or "", cle=form.cle.data or "", de=de)
        return redirect(url_for("classe.signature"), 303)
    question, aide, exemple = QUESTIONS[choisie]
    return render(
        "classe/ecrire.html",
        form=form,
        fiche=classe.fiche,
        nature=nature,
        question=question,
        aide=aide,
        exemple=exemple,
    )


@bp.route("/classe/signature", methods=["GET", "POST"])
@droit(PUBLIC)
def signature() -> ResponseReturnValue:
    """Thank for the text just sent, and offer to sign it."""
    de = read_sender(LIEN)
    classe = _get_classe_ouverte(de)
    if classe is None:
        return _render_ended()
    participant = _get_participant(classe, de)
    derniere = get_derniere_contribution(participant) if participant is not None else None
    if derniere is None:
        return redirect(url_for("classe.accueil"), 303)
    form = forms.SignatureForm(prenom=derniere.prenom)
    if form.validate_on_submit():
        signer(form.prenom.data or "", de=de)
        flash(_("Merci. Votre prénom est ajouté."), "succes")
        return redirect(url_for("classe.accueil"), 303)
    return render("classe/signature.html", form=form, fiche=classe.fiche)


def _get_classe_ouverte(de: Envoi) -> ClasseDeFiche | None:
    classe = get_classe_par_jeton(de.reference) if de.reference else None
    return classe if classe is not None and classe.est_ouverte(now()) else None


def _get_participant(classe: ClasseDeFiche, de: Envoi) -> Participant | None:
    return get_participant(classe.fiche_id, mark_device(classe.fiche_id, de.appareil, de.secret))


def _render_ended() -> ResponseReturnValue:
    """Show that the link has ended, or was never opened in this browser (410), with the text that was just
    sent."""
    texte = request.form.get("texte", "")[:5000] if request.method == "POST" else ""
    html = render_template("classe/fini.html", texte=texte, sans_lien=LIEN not in session)
    return make_response(html, 410)
