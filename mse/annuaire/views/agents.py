"""Pages to add an agent, change the role or end the appartenance."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from mse.annuaire.forms.gestion import AgentForm, RoleForm
from mse.annuaire.models import Acteur, Appartenance
from mse.annuaire.policies import peut_gerer, peut_gerer_agent
from mse.annuaire.queries import count_referents, get_acteur, get_appartenance_par_id
from mse.annuaire.use_cases import agents
from mse.annuaire.views import bp
from mse.annuaire.views.gerer import to_gestion
from mse.comptes.api import describe_welcome
from mse.core.clock import today
from mse.core.text import _
from mse.core.web import ActionForm, confirm, droit, moi, render

_AGENT = "/acteurs/<int:acteur_id>/agents/<int:appartenance_id>"


@bp.route("/acteurs/<int:acteur_id>/agents/nouveau", methods=["GET", "POST"])
@droit(peut_gerer, sur=get_acteur)
def nouvel_agent(acteur: Acteur) -> ResponseReturnValue:
    form = AgentForm(referent=count_referents(acteur, le=today()) == 0)
    if form.validate_on_submit():
        appartenance = agents.accueillir_agent(
            acteur,
            prenom=form.prenom.data or "",
            nom=form.nom.data or "",
            courriel=form.courriel.data or "",
            referent=form.referent.data,
            par=moi(),
        )
        return to_gestion(describe_welcome(appartenance.compte), voir="#agents")
    return render("annuaire/nouvel_agent.html", form=form, acteur=acteur)


@bp.route(f"{_AGENT}/role", methods=["GET", "POST"])
@droit(peut_gerer_agent, sur=get_appartenance_par_id)
def changer_role(appartenance: Appartenance) -> ResponseReturnValue:
    form = RoleForm(vers="agent" if appartenance.est_referent else "referent")
    if form.validate_on_submit():
        changer = agents.nommer_referent if form.vers.data == "referent" else agents.demettre_referent
        changer(appartenance, par=moi())
        return _back(appartenance, _("Le rôle est changé."))
    return render("annuaire/role.html", form=form, appartenance=appartenance)


@bp.route(f"{_AGENT}/depart", methods=["GET", "POST"])
@droit(peut_gerer_agent, sur=get_appartenance_par_id)
def terminer(appartenance: Appartenance) -> ResponseReturnValue:
    form = ActionForm()
    if form.validate_on_submit():
        agents.terminer_appartenance(appartenance, par=moi())
        return _back(appartenance, _("C’est fait : cette personne n’a plus accès aux fiches de l’équipe."))
    return render("annuaire/depart.html", form=form, appartenance=appartenance)


def _back(appartenance: Appartenance, phrase: str) -> ResponseReturnValue:
    """Go back to the acteur's page, or to one's own space after giving up the right to manage the acteur."""
    if peut_gerer_agent(moi(), appartenance):
        return to_gestion(phrase, voir="#agents")
    confirm(phrase)
    return redirect(url_for("accueil.mon_espace"), 303)
