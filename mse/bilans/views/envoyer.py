"""Pages that send the report of a quarter, to one acteur or to all."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from mse.annuaire.models import Acteur
from mse.annuaire.policies import est_animateur
from mse.bilans.libelles import dire_destination
from mse.bilans.policies import peut_envoyer_bilan
from mse.bilans.queries.difficultes import get_compte_le
from mse.bilans.queries.rapports import (
    Destination,
    find_destinations,
    get_acteur_du_bilan,
    get_envoi,
    list_a_envoyer,
)
from mse.bilans.use_cases import envoyer as use_cases
from mse.bilans.views import bp
from mse.bilans.views.rapports import read_trimestre
from mse.core.clock import today
from mse.core.text import _, ngettext
from mse.core.web import ActionForm, confirm, droit, moi, render


@bp.route("/acteurs/<int:acteur_id>/bilans/<trimestre>/envoi", methods=["GET", "POST"])
@droit(peut_envoyer_bilan, sur=get_acteur_du_bilan)
def envoyer(acteur: Acteur, trimestre: str) -> ResponseReturnValue:
    form, quand = ActionForm(), read_trimestre(trimestre)
    if form.validate_on_submit():
        acteur_id = acteur.id
        nouveau = use_cases.envoyer_bilan(acteur, quand, par=moi())
        confirm(_("Le bilan part par courriel.") if nouveau else _("Ce bilan a déjà été envoyé."))
        return redirect(url_for("bilans.bilan", acteur_id=acteur_id, trimestre=quand.code), 303)
    destination = find_destinations([acteur], le=today()).get(acteur.id)
    return render(
        "bilans/envoyer.html",
        form=form,
        acteur=acteur,
        trimestre=quand,
        est_fini=quand.est_fini(today()),
        envoi=get_envoi(acteur.id, quand),
        a_qui=destination and _dire(destination),
    )


@bp.route("/acteurs/bilans/<trimestre>/envoi", methods=["GET", "POST"])
@droit(est_animateur)
def envoyer_tous(trimestre: str) -> ResponseReturnValue:
    """List what will happen, then send the next reports."""
    form, quand = ActionForm(), read_trimestre(trimestre)
    acteurs = list_a_envoyer(quand)
    destinations = find_destinations(acteurs, le=today())
    joints = [acteur for acteur in acteurs if acteur.id in destinations]
    lot = joints[: use_cases.LOT]
    if form.validate_on_submit():
        n = use_cases.envoyer_bilans([acteur.id for acteur in lot], quand, par=moi())
        phrase = ngettext("%(num)s bilan part par courriel.", "%(num)s bilans partent par courriel.", n)
        confirm(phrase if n else _("Aucun bilan ne reste à envoyer."))
        return redirect(url_for("bilans.envoyer_tous", trimestre=quand.code), 303)
    return render(
        "bilans/envoyer_tous.html",
        form=form,
        trimestre=quand,
        est_fini=quand.est_fini(today()),
        est_compte=get_compte_le(quand) is not None,
        lot=[(acteur, _dire(destinations[acteur.id])) for acteur in lot],
        autres=len(joints) - len(lot),
        injoignables=[acteur for acteur in acteurs if acteur.id not in destinations],
    )


def _dire(destination: Destination) -> str:
    return dire_destination(destination.a_qui, len(destination.adresses))
