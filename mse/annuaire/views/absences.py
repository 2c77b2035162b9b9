"""Page of the absences of an agent, for this agent and those who manage the team."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from mse.annuaire.forms.absences import AbsenceForm
from mse.annuaire.models import Absence, Appartenance
from mse.annuaire.policies import peut_annuler_absence, peut_declarer_absence
from mse.annuaire.queries import get_appartenance_par_id
from mse.annuaire.queries.absences import get_absence, list_absences, list_collegues
from mse.annuaire.use_cases import absences
from mse.annuaire.views import bp
from mse.core.clock import today
from mse.core.text import _
from mse.core.web import ActionForm, confirm, droit, moi, options, render

_ABSENCES = "/acteurs/<int:acteur_id>/agents/<int:appartenance_id>/absences"


@bp.route(_ABSENCES, methods=["GET", "POST"])
@droit(peut_declarer_absence, sur=get_appartenance_par_id)
def absences_de(appartenance: Appartenance) -> ResponseReturnValue:
    form, collegues = AbsenceForm(debut=today()), list_collegues(appartenance, le=today())
    form.remplacant_id.choices = options((une.id, f"{une.prenom} {une.nom}") for une in collegues)
    if form.validate_on_submit():
        absence = absences.declarer_absence(
            appartenance,
            remplacant_id=form.remplacant_id.data,
            debut=form.debut.data,
            fin=form.fin.data,
            garde_courriels=form.garde_courriels.data,
            par=moi(),
        )
        qui = absence.remplacant.prenom
        return _back(appartenance, _("C’est noté. %(qui)s recevra les courriels sur les fiches.", qui=qui))
    return render(
        "annuaire/absences.html",
        form=form,
        appartenance=appartenance,
        collegues=collegues,
        absences=list_absences(appartenance, le=today()),
        a_soi=appartenance.compte_id == moi().id,
    )


@bp.post(f"{_ABSENCES}/<int:absence_id>/annulation")
@droit(peut_annuler_absence, sur=get_absence)
def annuler_absence(absence: Absence) -> ResponseReturnValue:
    if ActionForm().validate_on_submit():
        absences.annuler_absence(absence, par=moi())
    return _back(absence.appartenance, _("C’est noté : l’absence est annulée."))


def _back(appartenance: Appartenance, phrase: str) -> ResponseReturnValue:
    confirm(phrase)
    acteur_id, appartenance_id = appartenance.acteur_id, appartenance.id
    page = url_for("annuaire.absences_de", acteur_id=acteur_id, appartenance_id=appartenance_id)
    return redirect(page, 303)
