"""Page on which the owner postpones its answer."""

from datetime import date
from functools import partial

from flask import url_for
from flask.typing import ResponseReturnValue

from mse.core.clock import today
from mse.core.dates import jour
from mse.core.text import _, ngettext
from mse.core.web import droit, finish, moi, options, refuse_early, render
from mse.core.working_days import add_working_days
from mse.demarche import get_demarche
from mse.fiches.api import MOTIF_MIN
from mse.fiches.models import Saisine
from mse.fiches.policies import dire_transfert, peut_traiter
from mse.fiches.queries.pages import get_saisine
from mse.relances.forms import ProlongationForm
from mse.relances.use_cases.prolonger import prolonger_saisine
from mse.relances.views import bp


@bp.route("/fiches/<int:fiche_id>/saisines/<int:saisine_id>/prolongation", methods=["GET", "POST"])
@droit(peut_traiter, sur=get_saisine, sinon=dire_transfert)
@refuse_early(lambda saisine: saisine.exige_prolongeable(today()), page="fiches.detail")
def prolonger(saisine: Saisine) -> ResponseReturnValue:
    form = ProlongationForm(version=saisine.version)
    form.jours.choices = options(_list_durees(saisine.reponse_due))
    if form.validate_on_submit():
        prolonger_saisine(saisine, form.jours.data, form.texte.data, version=form.version.data, par=moi())
        page = url_for("fiches.detail", fiche_id=saisine.fiche_id)
        phrase = _("La nouvelle date est publiée. Les délégué·es en sont informé·es.")
        return finish(phrase, page, f"#saisine-{saisine.id}")
    return render(
        "relances/prolonger.html", form=form, saisine=saisine, fiche=saisine.fiche, minimum=MOTIF_MIN
    )


def _list_durees(due: date) -> list[tuple[int, str]]:
    """The possible extensions, each with the due date that it gives."""
    phrase = partial(
        ngettext,
        "%(num)s jour ouvré : réponse avant le %(date)s",
        "%(num)s jours ouvrés : réponse avant le %(date)s",
    )
    return [
        (n, phrase(n, date=jour(add_working_days(due, n))))
        for n in range(1, get_demarche().delais.prolongation + 1)
    ]
