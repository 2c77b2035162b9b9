"""The page to assign a saisine to an agent of the team."""

from collections.abc import Sequence

from flask import request, url_for
from flask.typing import ResponseReturnValue

from mse.comptes.models import Compte
from mse.core.clock import today
from mse.core.database import read_id
from mse.core.errors import DonneeInvalide
from mse.core.text import _
from mse.core.web import droit, finish, moi, render
from mse.fiches.models import Saisine
from mse.fiches.policies import dire_transfert
from mse.fiches.queries.pages import get_saisine
from mse.travail import use_cases
from mse.travail.forms import AttributionForm
from mse.travail.policies import peut_attribuer
from mse.travail.queries import get_attribution, list_equipe
from mse.travail.views import bp


@bp.route("/fiches/<int:fiche_id>/saisines/<int:saisine_id>/attribution", methods=["GET", "POST"])
@droit(peut_attribuer, sur=get_saisine, sinon=dire_transfert)
def attribuer(saisine: Saisine) -> ResponseReturnValue:
    """Show the form, or assign. The queue also posts this form, from a button in each row."""
    equipe, presente = list_equipe([saisine.acteur_id], le=today()), get_attribution(saisine.id)
    a_qui = str(presente.compte_id) if presente else ""
    form = AttributionForm(a_qui=a_qui, avant=a_qui, retour=request.args.get("retour"))
    form.a_qui.choices = [("", _("Personne en particulier")), *((str(un.id), _nommer(un)) for un in equipe)]
    if form.validate_on_submit():
        choisi, avant = _read(form.a_qui.data), _read(form.avant.data or request.args.get("avant"))
        use_cases.attribuer_saisine(saisine, choisi, par=moi(), avant=avant)
        page = url_for("fiches.detail", fiche_id=saisine.fiche_id)
        return finish(_dire(choisi, equipe), page, f"#saisine-{saisine.id}")
    return render("travail/attribuer.html", form=form, saisine=saisine, fiche=saisine.fiche)


def _read(texte: str | None) -> int | None:
    try:
        return read_id(texte) if texte else None
    except ValueError as error:
        raise DonneeInvalide(_("Choisissez une personne de votre équipe.")) from error


def _nommer(compte: Compte) -> str:
    return f"{compte.prenom} {compte.nom}"


def _dire(choisi: int | None, equipe: Sequence[Compte]) -> str:
    if choisi is None:
        return _("La fiche est rendue à votre équipe.")
    if choisi == moi().id:
        return _("Vous vous occupez de cette fiche.")
    prenom = next(un.prenom for un in equipe if un.id == choisi)
    return _("%(prenom)s s’occupe de cette fiche.", prenom=prenom)
