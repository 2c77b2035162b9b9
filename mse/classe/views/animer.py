"""Pages of the delegates: open a draft to the class, read what comes in, take it over."""

from typing import Any

from flask import current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from mse.classe import forms
from mse.classe.jetons import find_token, show_in_groups
from mse.classe.libelles import NATURES
from mse.classe.models import ClasseDeFiche, Contribution
from mse.classe.policies import peut_ouvrir, peut_reprendre
from mse.classe.queries.classes import count_participants, get_classe, get_contribution, list_contributions
from mse.classe.use_cases.ouvrir import fermer_classe, ouvrir_classe
from mse.classe.use_cases.reprendre import (
    ecarter_contribution,
    remettre_contribution,
    reprendre_contribution,
)
from mse.classe.views import bp
from mse.core.clock import now
from mse.core.qr import draw_qr
from mse.core.text import _
from mse.core.web import ActionForm, droit, lien, moi, render
from mse.fiches.api import LIBELLES_PARTIES as PARTIES
from mse.fiches.models import Fiche
from mse.fiches.queries.pages import get_brouillon


@bp.get("/fiches/<int:fiche_id>/classe")
@droit(peut_ouvrir, sur=get_brouillon)
def animer(fiche: Fiche) -> ResponseReturnValue:
    classe = get_classe(fiche)
    return render(
        "classe/animer.html",
        form=ActionForm(),
        fiche=fiche,
        classe=classe,
        adresse=_get_link(classe),
        peut_commencer=bool(fiche.titre.strip() and fiche.probleme.strip()),
        **_read_contributions(fiche),
    )


@bp.get("/fiches/<int:fiche_id>/classe/contributions")
@droit(peut_ouvrir, sur=get_brouillon)
def recues(fiche: Fiche) -> ResponseReturnValue:
    """Render the list alone, which the script of the page asks for again and again."""
    return render("classe/_contributions.html", form=ActionForm(), fiche=fiche, **_read_contributions(fiche))


@bp.route("/fiches/<int:fiche_id>/classe/ouverture", methods=["GET", "POST"])
@droit(peut_ouvrir, sur=get_brouillon)
def ouvrir(fiche: Fiche) -> ResponseReturnValue:
    if ActionForm().validate_on_submit():
        ouvrir_classe(fiche, par=moi(), cles=_get_keys())
    return _back(fiche)


@bp.route("/fiches/<int:fiche_id>/classe/remplacement", methods=["GET", "POST"])
@droit(peut_ouvrir, sur=get_brouillon)
def remplacer(fiche: Fiche) -> ResponseReturnValue:
    classe = get_classe(fiche)
    if ActionForm().validate_on_submit():
        ouverte_le = classe.ouverte_le if classe is not None else None
        ouvrir_classe(fiche, par=moi(), cles=_get_keys(), remplacer=ouverte_le)
        flash(_("Voici le nouveau lien. L’ancien ne sert plus."), "succes")
    return _back(fiche)


@bp.route("/fiches/<int:fiche_id>/classe/fermeture", methods=["GET", "POST"])
@droit(peut_ouvrir, sur=get_brouillon)
def fermer(fiche: Fiche) -> ResponseReturnValue:
    if ActionForm().validate_on_submit():
        fermer_classe(fiche, par=moi())
        flash(_("Le lien est fermé. Ce que la classe a écrit reste ici."), "succes")
    return _back(fiche)


@bp.get("/fiches/<int:fiche_id>/classe/ecran")
@droit(peut_ouvrir, sur=get_brouillon)
def ecran(fiche: Fiche) -> ResponseReturnValue:
    """Show the QR code on the whole screen."""
    return _render_link(fiche, "classe/ecran.html")


@bp.get("/fiches/<int:fiche_id>/classe/feuille")
@droit(peut_ouvrir, sur=get_brouillon)
def feuille(fiche: Fiche) -> ResponseReturnValue:
    """Render the A4 sheet, for a room without network: to scan later, or to write on."""
    return _render_link(fiche, "classe/feuille.html")


@bp.route("/fiches/<int:fiche_id>/classe/<int:contribution_id>", methods=["GET", "POST"])
@droit(peut_reprendre, sur=get_contribution)
def reprendre(contribution: Contribution) -> ResponseReturnValue:
    """Take a contribution over: at once with the button of the list, or after an edit on this page."""
    fiche = contribution.classe.fiche
    form = forms.RepriseForm(texte=contribution.texte)
    tout_de_suite = "tout_de_suite" in request.form and ActionForm().validate_on_submit()
    if tout_de_suite or form.validate_on_submit():
        reprendre_contribution(contribution, par=moi(), texte=None if tout_de_suite else form.texte.data)
        flash(_("C’est dans la fiche : %(partie)s.", partie=PARTIES[contribution.nature.partie]), "succes")
        return _back(fiche, "contributions")
    return render("classe/reprendre.html", form=form, fiche=fiche, contribution=contribution, natures=NATURES)


@bp.route("/fiches/<int:fiche_id>/classe/<int:contribution_id>/ecart", methods=["GET", "POST"])
@droit(peut_reprendre, sur=get_contribution)
def ecarter(contribution: Contribution) -> ResponseReturnValue:
    if ActionForm().validate_on_submit():
        ecarter_contribution(contribution, par=moi())
        flash(_("C’est mis de côté. Vous pouvez le remettre."), "succes")
    return _back(contribution.classe.fiche, "contributions")


@bp.route("/fiches/<int:fiche_id>/classe/<int:contribution_id>/retour", methods=["GET", "POST"])
@droit(peut_reprendre, sur=get_contribution)
def remettre(contribution: Contribution) -> ResponseReturnValue:
    if ActionForm().validate_on_submit():
        remettre_contribution(contribution, par=moi())
        flash(_("C’est de nouveau à lire."), "succes")
    return _back(contribution.classe.fiche, "contributions")


def _read_contributions(fiche: Fiche) -> dict[str, Any]:
    toutes = list_contributions(fiche)
    return {
        "recues": [une for une in toutes if une.est_recue],
        "reprises": [une for une in toutes if une.est_reprise],
        "ecartees": [une for une in toutes if une.est_ecartee],
        "participation": count_participants(fiche.id),
        "natures": NATURES,
        "modifiable": fiche.est_brouillon,
    }


def _get_keys() -> list[str]:
    """Return the secret key of the instance, then the former ones."""
    return [current_app.config["SECRET_KEY"], *current_app.config["SECRET_KEY_FALLBACKS"]]


def _get_link(classe: ClasseDeFiche | None) -> str | None:
    """Return the URL of the link while it is open."""
    if classe is None or not classe.est_ouverte(now()):
        return None
    token = find_token(classe.graine, classe.jeton_hash, _get_keys())
    return lien("classe.arriver", jeton=show_in_groups(token)) if token else None


def _render_link(fiche: Fiche, template: str) -> ResponseReturnValue:
    classe = get_classe(fiche)
    adresse = _get_link(classe)
    if adresse is None:
        return _back(fiche)
    return render(template, fiche=fiche, classe=classe, adresse=adresse, qr=draw_qr(adresse))


def _back(fiche: Fiche, anchor: str | None = None) -> ResponseReturnValue:
    return redirect(url_for("classe.animer", fiche_id=fiche.id, _anchor=anchor), 303)
