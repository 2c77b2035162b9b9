"""Pages of the reminders that the association sends by hand."""

from collections.abc import Sequence

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from mse.annuaire.models import Acteur
from mse.annuaire.queries import get_acteur, map_urgents
from mse.core.clock import today
from mse.core.text import _, ngettext
from mse.core.web import ActionForm, confirm, droit, finish, moi, render
from mse.demarche import get_demarche
from mse.fiches.models import Saisine
from mse.fiches.queries.pages import get_saisine
from mse.relances.policies import peut_relancer, peut_relancer_acteur
from mse.relances.queries import est_terminee, find_jour, list_en_retard, list_relancees, read_publics
from mse.relances.use_cases import relancer as use_cases
from mse.relances.views import bp


@bp.route("/fiches/<int:fiche_id>/saisines/<int:saisine_id>/relance", methods=["GET", "POST"])
@droit(peut_relancer, sur=get_saisine)
def relancer(saisine: Saisine) -> ResponseReturnValue:
    form = ActionForm()
    if form.validate_on_submit():
        use_cases.relancer_saisine(saisine, par=moi())
        page = url_for("fiches.detail", fiche_id=saisine.fiche_id)
        return finish(_("La relance est enregistrée."), page, f"#saisine-{saisine.id}")
    return _page(form, saisine.acteur, [saisine] if _est_attendue(saisine) else [], seule=saisine)


@bp.route("/acteurs/<int:acteur_id>/relances", methods=["GET", "POST"])
@droit(peut_relancer_acteur, sur=get_acteur)
def relancer_acteur(acteur: Acteur) -> ResponseReturnValue:
    form = ActionForm()
    if form.validate_on_submit():
        n = use_cases.relancer_acteur(acteur, par=moi())
        phrase = ngettext("%(num)s relance est enregistrée.", "%(num)s relances sont enregistrées.", n)
        confirm(phrase if n else _("Toutes ces fiches ont déjà été relancées aujourd’hui."))
        return redirect(url_for("relances.relancer_acteur", acteur_id=acteur.id), 303)
    saisines = list_en_retard(acteur.id, le=today(), nombre=use_cases.RELANCES_MAX)
    return _page(form, acteur, saisines)


def _est_attendue(saisine: Saisine) -> bool:
    return saisine.est_en_cours and not saisine.est_suspendue(today())


def _page(
    form: ActionForm, acteur: Acteur, saisines: Sequence[Saisine], seule: Saisine | None = None
) -> ResponseReturnValue:
    """Render what will be sent: the fiches not reminded today, and the number of recipients."""
    le = today()
    publics = read_publics([acteur.id], le=le)
    deja = list_relancees([saisine.id for saisine in saisines], le=le)
    return render(
        "relances/relancer.html",
        form=form,
        acteur=acteur,
        seule=seule,
        saisines=[saisine for saisine in saisines if saisine.id not in deja],
        deja=[saisine for saisine in saisines if saisine.id in deja],
        personnes=len(publics.destinataires[acteur.id].agents),
        a_une_boite=acteur.id in publics.boites,
        part_maintenant=est_terminee(le),
        part_demain=find_jour(acteur.id, le=le) > le,
        heure=get_demarche().relances.heure,
        urgents=map_urgents(),
        le=le,
    )
