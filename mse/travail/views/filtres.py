"""The pages of the filters that a team has saved."""

from urllib.parse import parse_qsl

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from mse.annuaire.models import Acteur
from mse.annuaire.queries import get_acteur
from mse.core.database import read_id
from mse.core.errors import DonneeInvalide
from mse.core.text import _
from mse.core.web import ActionForm, confirm, droit, moi, render
from mse.travail import use_cases
from mse.travail.filtres import FiltresFile, read_filtres
from mse.travail.forms import FiltreForm
from mse.travail.policies import peut_garder_filtre
from mse.travail.queries import list_filtres_gardes
from mse.travail.views import bp


@bp.route("/acteurs/<int:acteur_id>/filtres", methods=["GET", "POST"])
@droit(peut_garder_filtre, sur=get_acteur)
def filtres(acteur: Acteur) -> ResponseReturnValue:
    """List the filters of the team, or save those of the query parameter `requete`."""
    form = FiltreForm(requete=request.args.get("requete"))
    choisis = _parse(form.requete.data)
    if form.validate_on_submit():
        use_cases.garder_filtre(acteur, form.nom.data or "", choisis, par=moi())
        confirm(_("Le filtre est gardé. Toute votre équipe le voit."))
        return redirect(url_for("accueil.mon_espace", **choisis.choisis()), 303)
    gardes = list_filtres_gardes([acteur.id])
    return render("travail/filtres.html", form=form, acteur=acteur, gardes=gardes, choisis=choisis)


@bp.route("/acteurs/<int:acteur_id>/filtres/suppression", methods=["GET", "POST"])
@droit(peut_garder_filtre, sur=get_acteur)
def supprimer_filtre(acteur: Acteur) -> ResponseReturnValue:
    """Delete the filter whose id is in the field `filtre`."""
    if ActionForm().validate_on_submit():
        try:
            filtre_id = read_id(request.form.get("filtre", ""))
        except ValueError as error:
            raise DonneeInvalide(_("Choisissez un filtre de la liste.")) from error
        use_cases.supprimer_filtre(acteur, filtre_id, par=moi())
        confirm(_("Le filtre est supprimé."))
    return redirect(url_for("travail.filtres", acteur_id=acteur.id), 303)


def _parse(requete: str | None) -> FiltresFile:
    return read_filtres(dict(parse_qsl(requete or "")), compte_id=moi().id)
