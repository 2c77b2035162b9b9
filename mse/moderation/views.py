"""Pages of moderation: read retained fiches, orient, restore and hide."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from mse.core.text import _
from mse.core.web import ActionForm, droit, moi, options, refuse_early, render
from mse.fiches.api import ETAPES, MOTIF_MIN, PUBLICATIONS, Moderation, check_fiche, offer, souligner
from mse.fiches.models import Etape, Fiche
from mse.fiches.policies import peut_masquer, peut_moderer, peut_orienter
from mse.fiches.queries.pages import get_etape, get_fiche
from mse.fiches.queries.pieces import list_pieces
from mse.moderation import use_cases as moderation
from mse.moderation.forms import ModerationForm, MotifForm, OrientationForm

bp = Blueprint("moderation", __name__)


@bp.context_processor
def _section() -> dict[str, str]:
    """Return the menu entry of these pages."""
    return {"section": "fiches"}


@bp.route("/fiches/<int:fiche_id>/moderation", methods=["GET", "POST"])
@droit(peut_moderer, sur=get_fiche)
def moderer(fiche: Fiche) -> ResponseReturnValue:
    form = ModerationForm(version=fiche.version)
    libelles = {
        Moderation.PUBLIER: _("Publier la fiche telle quelle"),
        Moderation.RENDRE: _("La rendre aux délégué·es pour qu’ils la réécrivent"),
        Moderation.RETIRER: _("La retirer"),
    }
    form.decision.choices = options(  # on POST all choices stay, so that the use case explains the refusal
        (action, libelle)
        for action, libelle in libelles.items()
        if form.is_submitted() or (fiche.publication, action) in PUBLICATIONS
    )
    if form.validate_on_submit():
        decision, lue = Moderation(form.decision.data), form.version.data
        if decision == Moderation.PUBLIER:
            moderation.publier_fiche(fiche, version=lue, par=moi())
        elif decision == Moderation.RENDRE:
            moderation.rendre_fiche(fiche, form.motif.data or "", version=lue, par=moi())
        else:
            moderation.retirer_fiche(fiche, form.motif.data or "", version=lue, par=moi())
        flash(_("Votre décision est enregistrée."), "succes")
        return redirect(url_for("accueil.mon_espace"), 303)
    trouvailles = check_fiche(fiche)
    return render(
        "moderation/moderer.html",
        form=form,
        fiche=fiche,
        trouvailles=trouvailles,
        lue=souligner(fiche, trouvailles),
        pieces=list_pieces(fiche),
    )


@bp.route("/fiches/<int:fiche_id>/orientation", methods=["GET", "POST"])
@droit(peut_orienter, sur=get_fiche)
@refuse_early(Fiche.exige_sans_responsable, page="fiches.detail")
def orienter(fiche: Fiche) -> ResponseReturnValue:
    form = OrientationForm()
    acteurs, offre = offer(fiche)
    form.acteurs.choices = options((acteur.id, acteur.nom) for acteur in acteurs)
    if form.validate_on_submit():
        moderation.orienter_fiche(fiche, form.acteurs.data or [], par=moi())
        flash(_("La fiche a maintenant un responsable."), "succes")
        return redirect(url_for("fiches.detail", fiche_id=fiche.id), 303)
    return render("moderation/orienter.html", form=form, fiche=fiche, **offre)


@bp.route("/fiches/<int:fiche_id>/retablissement", methods=["GET", "POST"])
@droit(peut_moderer, sur=get_fiche)
@refuse_early(lambda fiche: fiche.exige(Moderation.RETABLIR), page="fiches.detail")
def retablir(fiche: Fiche) -> ResponseReturnValue:
    form = ActionForm()
    if form.validate_on_submit():
        moderation.retablir_fiche(fiche, par=moi())
        flash(_("La fiche est publique. Ses délégué·es et ses responsables en sont informés."), "succes")
        return redirect(url_for("fiches.detail", fiche_id=fiche.id), 303)
    return render("moderation/retablir.html", form=form, fiche=fiche)


@bp.route("/fiches/<int:fiche_id>/etapes/<int:etape_id>/masquage", methods=["GET", "POST"])
@droit(peut_masquer, sur=get_etape)
def masquer_etape(etape: Etape) -> ResponseReturnValue:
    form = MotifForm()
    if form.validate_on_submit():
        moderation.masquer_etape(etape, form.texte.data, par=moi())
        flash(_("Le texte est effacé. La ligne reste, avec votre raison."), "succes")
        return redirect(url_for("fiches.detail", fiche_id=etape.fiche_id), 303)
    return render(
        "moderation/masquer.html",
        form=form,
        etape=etape,
        fiche=etape.fiche,
        libelles=ETAPES,
        minimum=MOTIF_MIN,
    )
