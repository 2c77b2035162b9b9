"""Management page of one acteur, for its référents and animateurs: agents, compétences, history."""

from flask import request
from flask.typing import ResponseReturnValue

from mse.annuaire.api import LIBELLES
from mse.annuaire.models import Acteur
from mse.annuaire.policies import peut_gerer, tient_annuaire
from mse.annuaire.queries import get_acteur, list_agents
from mse.annuaire.queries.changements import list_changements
from mse.comptes.queries import list_refus
from mse.core.clock import today
from mse.core.pagination import read_cursor
from mse.core.web import droit, moi, render
from mse.representation.queries.invites import list_corrigeables
from mse.representation.views import bp


@bp.get("/acteurs/<int:acteur_id>/gestion")
@droit(peut_gerer, sur=get_acteur)
def gestion(acteur: Acteur) -> ResponseReturnValue:
    changements, suite = list_changements(acteur, read_cursor(request.args.get("avant", "")))
    agents = list_agents(acteur, le=today())
    return render(
        "representation/gestion.html",
        acteur=acteur,
        agents=agents,
        corrigeables=list_corrigeables(moi(), [agent.compte_id for agent in agents if agent.refuse_le]),
        changements=changements,
        suite=suite,
        libelles=LIBELLES,
        refus=list_refus([acteur.courriel]),
        tient=tient_annuaire(moi()),
        moi_id=moi().id,
    )
