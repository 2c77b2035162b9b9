"""Pages of the porteurs, the participants and the linked fiches."""

from flask import abort, flash, request
from flask.typing import ResponseReturnValue

from mse.core.database import read_id
from mse.core.errors import DonneeInvalide
from mse.core.text import _
from mse.core.web import CONNECTE, ActionForm, droit, moi, render
from mse.extensions import db
from mse.fiches.models import Fiche
from mse.initiatives import policies, queries, use_cases
from mse.initiatives.forms import LienForm, PorteurForm
from mse.initiatives.models import Initiative, Porteur
from mse.initiatives.queries import get_initiative
from mse.initiatives.views import UNE, bp
from mse.initiatives.views.gestes import to_detail


@bp.route(f"{UNE}/participation", methods=["GET", "POST"])
@droit(CONNECTE, sur=get_initiative)
def participer(initiative: Initiative) -> ResponseReturnValue:
    """Join or leave with one button. A participant may leave an initiative that they may no longer read."""
    form, deja = ActionForm(), queries.participe(moi(), initiative.id)
    cachee = not policies.peut_lire(moi(), initiative)
    if cachee and not deja:
        abort(410)
    if form.validate_on_submit():
        if "quitter" in request.form:
            use_cases.ne_plus_participer(initiative, par=moi())
            flash(_("Vous ne participez plus à cette initiative."), "info")
        else:
            use_cases.participer(initiative, par=moi())
            flash(
                _("Vous participez. Vous recevrez ses nouvelles par courriel.")
                if moi().courriel
                else _("Vous participez. Ses nouvelles sont sur cette page."),
                "succes",
            )
        return to_detail(initiative)
    return render(
        "initiatives/participation.html",
        form=form,
        initiative=initiative,
        deja=deja,
        porte=policies.est_porteur(moi(), initiative),
        cachee=cachee,
    )


@bp.route(f"{UNE}/porteurs", methods=["GET", "POST"])
@droit(policies.peut_proposer)
def porteurs(initiative_id: int) -> ResponseReturnValue:
    """Add a promotion or an organisme as a porteur; send a request if the person may not add porteurs."""
    initiative = get_initiative(moi(), initiative_id)
    if initiative is None or not initiative.est_publique:
        abort(404)
    porte = policies.peut_porter(moi(), initiative)
    form = PorteurForm()
    form.porteur.choices = [("", _("Choisissez")), *queries.list_porteurs_possibles(moi())]
    if form.validate_on_submit():
        porteur = queries.get_porteur(form.porteur.data)
        if porteur is None:
            raise DonneeInvalide(_("Choisissez qui la porte."))
        if porte:
            use_cases.ajouter_porteur(initiative, porteur, par=moi())
            flash(_("Elle est portée par une équipe de plus."), "succes")
        else:
            use_cases.demander_portage(initiative, porteur, par=moi())
            flash(_("Votre demande est envoyée. Un courriel vous dira la réponse."), "succes")
        return to_detail(initiative)
    return render(
        "initiatives/porteurs.html",
        form=form,
        initiative=initiative,
        droits=policies,
        compte=moi(),
        porte=porte,
    )


@bp.route(f"{UNE}/porteurs/<int:porteur_id>/fin", methods=["GET", "POST"])
@droit(policies.peut_retirer_porteur, sur=queries.get_porteur_de)
def quitter(porteur: Porteur) -> ResponseReturnValue:
    form, initiative = ActionForm(), porteur.initiative
    if form.validate_on_submit():
        use_cases.quitter_portage(porteur, par=moi())
        flash(_("C’est noté."), "info")
        return to_detail(initiative)
    cachee = not policies.peut_lire(moi(), initiative)
    return render(
        "initiatives/quitter.html", form=form, porteur=porteur, initiative=initiative, cachee=cachee
    )


@bp.route(f"{UNE}/fiches", methods=["GET", "POST"])
@droit(policies.peut_porter, sur=get_initiative)
def lier(initiative: Initiative) -> ResponseReturnValue:
    """Link a fiche to the initiative, or remove the link if the form has a field `delier` (a fiche id)."""
    form = LienForm()
    if "delier" in request.form:
        if ActionForm().validate_on_submit():
            fiche = db.session.get(Fiche, _read_number(request.form["delier"])) or abort(404)
            use_cases.delier_fiche(initiative, fiche, par=moi())
            return to_detail(initiative)
    elif form.validate_on_submit():
        use_cases.lier_fiche(initiative, db.session.get(Fiche, form.fiche_id.data), par=moi())
        flash(_("La page de cette fiche montre maintenant votre initiative."), "succes")
        return to_detail(initiative)
    fiches, siennes = queries.list_fiches_liees(initiative.id), queries.list_fiches_a_lier(initiative.id)
    return render("initiatives/fiches.html", form=form, initiative=initiative, fiches=fiches, siennes=siennes)


def _read_number(texte: str) -> int:
    try:
        return read_id(texte)
    except ValueError:
        abort(404)
