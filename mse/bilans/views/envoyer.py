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
    count_partis,
    find_destinations,
    get_acteur_du_bilan,
    get_envoi,
    get_envoi_a_tous,
    list_a_envoyer,
)
from mse.bilans.use_cases.envoyer import envoyer_bilan
from mse.bilans.use_cases.envoyer_a_tous import demander_envoi_a_tous
from mse.bilans.views import bp
from mse.bilans.views.rapports import read_trimestre
from mse.core.clock import today
from mse.core.text import _
from mse.core.web import ActionForm, confirm, droit, moi, render


@bp.route("/acteurs/<int:acteur_id>/bilans/<trimestre>/envoi", methods=["GET", "POST"])
@droit(peut_envoyer_bilan, sur=get_acteur_du_bilan)
def envoyer(acteur: Acteur, trimestre: str) -> ResponseReturnValue:
    form, quand = ActionForm(), read_trimestre(trimestre)
    if form.validate_on_submit():
        acteur_id = acteur.id
        nouveau = envoyer_bilan(acteur, quand, par=moi())
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
    """List what will happen, then request it; show the progress of the worker."""
    form, quand = ActionForm(), read_trimestre(trimestre)
    if form.validate_on_submit():
        reste = demander_envoi_a_tous(quand, par=moi())
        confirm(_("C’est parti.") if reste else _("Aucun bilan ne reste à envoyer."))
        return redirect(url_for("bilans.envoyer_tous", trimestre=quand.code), 303)
    acteurs, demande = list_a_envoyer(quand), get_envoi_a_tous(quand)
    destinations = find_destinations(acteurs, le=today())
    return render(
        "bilans/envoyer_tous.html",
        form=form,
        trimestre=quand,
        est_fini=quand.est_fini(today()),
        est_compte=get_compte_le(quand) is not None,
        demande=demande,
        partis=count_partis(demande) if demande is not None else 0,
        joints=[(acteur, _dire(destinations[acteur.id])) for acteur in acteurs if acteur.id in destinations],
        injoignables=[acteur for acteur in acteurs if acteur.id not in destinations],
    )


def _dire(destination: Destination) -> str:
    return dire_destination(destination.a_qui, len(destination.adresses))
