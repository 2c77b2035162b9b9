"""Page of a request to become a porteur: read, accept, decline, withdraw."""

from flask import flash, request
from flask.typing import ResponseReturnValue

from mse.core.clock import today
from mse.core.text import _
from mse.core.web import ActionForm, droit, moi, render
from mse.initiatives import policies, use_cases
from mse.initiatives.forms import MotifForm
from mse.initiatives.libelles import PORTAGES
from mse.initiatives.models import DemandePortage
from mse.initiatives.queries.demandes import get_demande
from mse.initiatives.views import UNE, bp
from mse.initiatives.views.gestes import to_detail


@bp.route(f"{UNE}/demandes/<int:demande_id>", methods=["GET", "POST"])
@droit(policies.peut_lire_demande, sur=get_demande)
def demande(demande: DemandePortage) -> ResponseReturnValue:
    """Accept or withdraw if the button pressed has that name; else decline with a reason."""
    form = MotifForm()
    if "accepter" in request.form or "retirer" in request.form:
        if ActionForm().validate_on_submit():
            if "accepter" in request.form:
                use_cases.accepter_portage(demande, par=moi())
                flash(
                    _("C’est accepté : %(qui)s porte aussi cette initiative.", qui=demande.designation),
                    "succes",
                )
            else:
                use_cases.retirer_demande(demande, par=moi())
                flash(_("Votre demande est retirée."), "info")
            return to_detail(demande.initiative)
    elif form.validate_on_submit():
        use_cases.decliner_portage(demande, form.texte.data, par=moi())
        flash(_("C’est noté : %(qui)s lira votre réponse.", qui=demande.designation), "info")
        return to_detail(demande.initiative)
    return render(
        "initiatives/demande.html",
        form=form,
        demande=demande,
        initiative=demande.initiative,
        attend=demande.attend(today()),
        decide=policies.peut_decider_portage(moi(), demande),
        demandeur=policies.peut_retirer_demande(moi(), demande),
        suite=PORTAGES[demande.etat],
    )
