"""Pages of the verdict and of the request to reopen."""

from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from mse.avis import use_cases as suivre
from mse.avis.etats import (
    exige_contestable,
    exige_decidable,
    exige_jugeable,
    exige_rien_de_demande,
)
from mse.avis.forms import AvisForm, DemandeForm, MotifForm
from mse.avis.views import bp
from mse.comptes.models import Compte
from mse.core.clock import today
from mse.core.text import _, ngettext
from mse.core.web import BaseForm, droit, finish, moi, options, refuse_early, render
from mse.demarche import get_demarche
from mse.fiches.api import ETAPES, Decision, Valeur
from mse.fiches.models import Saisine
from mse.fiches.policies import peut_decider, peut_donner_avis, peut_traiter
from mse.fiches.queries.pages import get_saisine, list_etapes, list_tour
from mse.fiches.queries.passages import get_passages

FICHE = "fiches.detail"
SAISINE = "/fiches/<int:fiche_id>/saisines/<int:saisine_id>"


@bp.route(f"{SAISINE}/avis", methods=["GET", "POST"])
@droit(peut_donner_avis, sur=get_saisine)
@refuse_early(exige_jugeable, page=FICHE)
def donner(saisine: Saisine) -> ResponseReturnValue:
    form = make_avis_form(saisine, request.args.get("valeur"))
    if form.validate_on_submit():
        send_avis(form, saisine, par=moi())
        return to_saisine(saisine, _("Merci. Votre avis est affiché à côté de la réponse."))
    return page_avis(form, saisine, par=moi())


@bp.route(f"{SAISINE}/demande-de-reouverture", methods=["GET", "POST"])
@droit(peut_donner_avis, sur=get_saisine)
@refuse_early(exige_rien_de_demande, page=FICHE)
def demander_reouverture(saisine: Saisine) -> ResponseReturnValue:
    form = MotifForm()
    if form.validate_on_submit():
        suivre.demander_reouverture(saisine, form.texte.data, par=moi())
        return to_saisine(saisine, _dire_qui_decide(saisine))
    return show_form("demander_reouverture", form, saisine)


@bp.route(f"{SAISINE}/contestation", methods=["GET", "POST"])
@droit(peut_donner_avis, sur=get_saisine)
@refuse_early(exige_contestable, page=FICHE)
def contester(saisine: Saisine) -> ResponseReturnValue:
    form = MotifForm()
    if form.validate_on_submit():
        suivre.contester_refus(saisine, form.texte.data, par=moi())
        return to_saisine(saisine, _("L’équipe d’animation va décider."))
    return show_form("contester", form, saisine)


@bp.route(f"{SAISINE}/decision", methods=["GET", "POST"])
@droit(peut_decider, sur=get_saisine)
@refuse_early(exige_decidable, page=FICHE)
def decider(saisine: Saisine) -> ResponseReturnValue:
    """The owner accepts or declines; an animateur accepts or rejects."""
    form = DemandeForm(retour=request.args.get("retour"))
    proprietaire = peut_traiter(moi(), saisine)
    non = Decision.REFUSER if proprietaire else Decision.REJETER
    demande = saisine.demande_courante()
    # After the deadline the owner may only accept. On POST all choices stay, so that the use case explains a
    # refusal.
    tard = proprietaire and demande is not None and demande.echappe_au_responsable(today())
    choix = [(Decision.ACCEPTER, _("Rouvrir la fiche")), (non, _("Ne pas rouvrir"))]
    form.decision.choices = options(choix if form.is_submitted() or not tard else choix[:1])
    if form.validate_on_submit():
        act = {
            Decision.ACCEPTER: suivre.accepter_reouverture,
            Decision.REFUSER: suivre.refuser_reouverture,
            Decision.REJETER: suivre.rejeter_reouverture,
        }[Decision(form.decision.data)]
        act(saisine, form.texte.data, par=moi())
        return to_saisine(saisine, _("Votre décision est publiée."))
    return show_form("decider", form, saisine, demande=demande, proprietaire=proprietaire, le=today())


def make_avis_form(saisine: Saisine, valeur: str | None = None) -> AvisForm:
    """Return the form of the verdict, filled with the delegates' present one. `valeur`: ticked instead."""
    donne = saisine.avis_du_tour()
    return AvisForm(
        version=saisine.version,
        valeur=valeur or (donne.valeur if donne else None),
        commentaire=donne.commentaire if donne else None,
    )


def send_avis(form: AvisForm, saisine: Saisine, *, par: Compte) -> Valeur:
    """Record the verdict of a valid form, and return its value."""
    valeur = Valeur(form.valeur.data)
    suivre.donner_avis(saisine, valeur, form.commentaire.data or "", version=form.version.data, par=par)
    return valeur


def page_avis(
    form: AvisForm, saisine: Saisine, *, par: Compte, par_lien: bool = False
) -> ResponseReturnValue:
    """One verdict per promotion and round: the page warns a delegate who changes another delegate's.
    `par_lien`: the page also offers to answer later."""
    donne = saisine.avis_du_tour()
    d_un_autre = donne is not None and donne.auteur_id != par.id
    return show_form("avis", form, saisine, d_un_autre=d_un_autre, par_lien=par_lien)


def show_form(nom: str, form: BaseForm, saisine: Saisine, **contexte: Any) -> ResponseReturnValue:
    """Render a form below the present answer and the étapes after it."""
    etapes = list_etapes(saisine.fiche)
    return render(
        f"avis/{nom}.html",
        form=form,
        saisine=saisine,
        fiche=saisine.fiche,
        lignes=list_tour(saisine, etapes),
        passages=get_passages(saisine.fiche, etapes),
        etapes_libelles=ETAPES,
        **contexte,
    )


def to_saisine(saisine: Saisine, phrase: str) -> ResponseReturnValue:
    return finish(phrase, url_for(FICHE, fiche_id=saisine.fiche_id), f"#saisine-{saisine.id}")


def _dire_qui_decide(saisine: Saisine) -> str:
    if saisine.est_sans_voix:
        return _("Votre demande est visible de tous. L’équipe d’animation va décider.")
    return ngettext(
        "Votre demande est visible de tous. Une décision est attendue sous %(num)s jour ouvré.",
        "Votre demande est visible de tous. Une décision est attendue sous %(num)s jours ouvrés.",
        get_demarche().delais.decision_reouverture,
    )
