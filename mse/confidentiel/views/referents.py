"""Page on which an administrateur names the people who read confidential reports."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from mse.comptes.models import Compte
from mse.confidentiel.policies import peut_nommer, peut_nommer_referents
from mse.confidentiel.queries import get_equipe, list_equipe
from mse.confidentiel.use_cases.tenir import nommer_referent, retirer_referent
from mse.confidentiel.views import bp
from mse.core.text import _
from mse.core.web import ActionForm, droit, moi, render


@bp.get("/confidentiel/referents")
@droit(peut_nommer_referents)
def referents() -> ResponseReturnValue:
    equipe = [(personne, peut_nommer(moi(), personne)) for personne in list_equipe()]
    return render("confidentiel/referents.html", equipe=equipe, action=ActionForm())


@bp.route("/confidentiel/referents/<int:compte_id>/nomination", methods=["GET", "POST"])
@droit(peut_nommer, sur=get_equipe)
def nommer(personne: Compte) -> ResponseReturnValue:
    """The button is on the page of the référents; a GET redirects there."""
    if ActionForm().validate_on_submit():
        nommer_referent(personne, par=moi())
        flash(_("%(prenom)s lit maintenant les messages confidentiels.", prenom=personne.prenom), "succes")
    return redirect(url_for("confidentiel.referents"), 303)


@bp.route("/confidentiel/referents/<int:compte_id>/retrait", methods=["GET", "POST"])
@droit(lambda compte, _personne: peut_nommer_referents(compte), sur=get_equipe)
def retirer(personne: Compte) -> ResponseReturnValue:
    """The button is on the page of the référents; a GET redirects there."""
    if ActionForm().validate_on_submit():
        retirer_referent(personne, par=moi())
        flash(_("%(prenom)s ne lit plus les messages confidentiels.", prenom=personne.prenom), "succes")
    return redirect(url_for("confidentiel.referents"), 303)
