"""Pages where porteurs write: propose, edit, change the status, add news."""

from typing import Any
from uuid import uuid4

from flask import abort, flash
from flask.typing import ResponseReturnValue

from mse.annuaire.queries import list_themes
from mse.comptes.models import Compte
from mse.core.errors import DonneeInvalide
from mse.core.text import _
from mse.core.web import droit, moi, render
from mse.initiatives import policies, queries, use_cases
from mse.initiatives.forms import (
    AvancementForm,
    ExplicationForm,
    InitiativeForm,
    NouvelleForm,
    PropositionForm,
)
from mse.initiatives.libelles import ACTIONS
from mse.initiatives.models import Initiative
from mse.initiatives.queries import get_initiative
from mse.initiatives.views import UNE, bp
from mse.initiatives.views.gestes import render_action, to_detail
from mse.initiatives.workflow import EXPLIQUEES, Action
from mse.representation.policies import roles_de


def _qui_propose(compte: Compte | None) -> tuple[str, int]:
    """Render the page for a person without the right to propose: who has it, and what to do instead."""
    return render("initiatives/qui_propose.html", compte=compte, roles=roles_de(compte))


@bp.route("/initiatives/nouvelle", methods=["GET", "POST"])
@droit(policies.peut_proposer, refus=_qui_propose)
def nouvelle() -> ResponseReturnValue:
    possibles = queries.list_porteurs_possibles(moi())
    form = PropositionForm(cle=str(uuid4()), porteur=possibles[0][0] if len(possibles) == 1 else "")
    _set_choices(form)
    form.porteur.choices = [("", _("Choisissez")), *possibles]
    if form.validate_on_submit():
        porteur = queries.get_porteur(form.porteur.data)
        if porteur is None:
            raise DonneeInvalide(_("Choisissez qui la porte."))
        initiative = use_cases.proposer_initiative(
            cle=form.cle.data, porteur=porteur, par=moi(), **_read_texts(form)
        )
        flash(
            _("Votre initiative est publiée. Donnez souvent des nouvelles : d’autres voudront participer."),
            "succes",
        )
        return to_detail(initiative)
    return render("initiatives/formulaire.html", form=form, initiative=None)


@bp.route(f"{UNE}/modifier", methods=["GET", "POST"])
@droit(policies.peut_porter, sur=get_initiative)
def modifier(initiative: Initiative) -> ResponseReturnValue:
    form = InitiativeForm(obj=initiative)
    _set_choices(form, initiative)
    if form.validate_on_submit():
        use_cases.modifier_initiative(initiative, version=form.version.data, par=moi(), **_read_texts(form))
        flash(_("C’est enregistré."), "succes")
        return to_detail(initiative)
    return render("initiatives/formulaire.html", form=form, initiative=initiative)


@bp.route(f"{UNE}/avancement/<action>", methods=["GET", "POST"])
@droit(policies.peut_porter, sur=get_initiative)
def avancer(initiative: Initiative, action: str) -> ResponseReturnValue:
    if action not in [une.value for une in Action]:
        abort(404)
    une = Action(action)
    form = (ExplicationForm if une in EXPLIQUEES else AvancementForm)(version=initiative.version)
    if form.validate_on_submit():
        use_cases.avancer_initiative(
            initiative, une, form.mot.data or "", version=form.version.data, par=moi()
        )
        flash(_("C’est publié. Celles et ceux qui participent en sont informés."), "succes")
        return to_detail(initiative)
    return render_action(initiative, form, ACTIONS[une], "mot", verbe=ACTIONS[une])


@bp.route(f"{UNE}/nouvelles", methods=["GET", "POST"])
@droit(policies.peut_porter, sur=get_initiative)
def donner_nouvelle(initiative: Initiative) -> ResponseReturnValue:
    form = NouvelleForm()
    if form.validate_on_submit():
        use_cases.donner_nouvelle(initiative, form.texte.data, par=moi())
        flash(_("Vos nouvelles sont publiées."), "succes")
        return to_detail(initiative)
    return render_action(initiative, form, _("Donner des nouvelles"), "texte", verbe=_("Publier"))


def _set_choices(form: Any, initiative: Initiative | None = None) -> None:
    """Fill the choices of thèmes. A retired thème stays available to the initiative that has it."""
    themes = list_themes(retires=initiative is not None)
    garde = initiative.theme_code if initiative else None
    form.theme_code.choices = [("", _("Choisissez"))] + [
        (theme.code, theme.libelle) for theme in themes if theme.retire_le is None or theme.code == garde
    ]


def _read_texts(form: Any) -> dict[str, str]:
    return {nom: form[nom].data or "" for nom in ("titre", "description", "besoins", "theme_code")}
