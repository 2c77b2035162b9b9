"""Follow an object with an account, and the list of what an account follows."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from mse.core.database import read_id
from mse.core.errors import DonneeInvalide
from mse.core.text import _
from mse.core.web import CONNECTE, ActionForm, confirm, droit, moi, own_path, render
from mse.suivis import use_cases
from mse.suivis.libelles import OBJETS
from mse.suivis.models import COLONNES, Suivi
from mse.suivis.queries.cibles import Cible, Reference, get_cible, list_boutons
from mse.suivis.queries.suiveurs import get_suivi, list_suivis
from mse.suivis.views import bp
from mse.suivis.workflow import Objet


@dataclass(frozen=True, kw_only=True)
class Ligne:
    """A follow on the page of its owner. `nom` and `page` are None if its fiche is no longer public."""

    id: int
    mot: str
    nom: str | None
    page: str | None
    depuis: datetime


@bp.route("/suivre/<objet_id>/<reference_id>", methods=["GET", "POST"])
@droit(CONNECTE, sur=get_cible)
def suivre(cible: Cible) -> ResponseReturnValue:
    form, page = ActionForm(), page_of(cible.objet, cible.reference)
    if form.validate_on_submit():
        use_cases.suivre(cible, par=moi())
        confirm(_("C’est fait\u202f: vous suivez «\u202f%(nom)s\u202f».", nom=cible.nom))
        return redirect(own_path(request.form.get("retour")) or page, 303)
    [bouton] = list_boutons(moi(), [(cible.objet, cible.reference)])
    return render("suivis/suivre.html", form=form, cible=cible, bouton=bouton, page=page)


@bp.route("/mon-compte/suivis", methods=["GET", "POST"])
@droit(CONNECTE)
def mes_suivis() -> ResponseReturnValue:
    """List what the account follows; a button stops the follow whose id is in the field `suivi`."""
    if ActionForm().validate_on_submit():
        suivi = get_suivi(moi(), _read_suivi_id())
        if suivi is not None:  # else a second click
            use_cases.arreter_suivi(suivi, par=moi())
        confirm(_("C’est fait\u202f: vous ne le suivez plus."))
        return redirect(own_path(request.form.get("retour")) or url_for("suivis.mes_suivis"), 303)
    return render("suivis/mes_suivis.html", lignes=[_describe(suivi) for suivi in list_suivis(moi())])


def page_of(objet: Objet, reference: Reference) -> str:
    """Return the path of the page of an object."""
    if objet == Objet.FICHE:
        return url_for("fiches.detail", fiche_id=reference)
    if objet == Objet.ACTEUR:
        return url_for("fiches.acteur", acteur_id=reference)
    return f"{url_for('fiches.liste')}?{urlencode({objet.value: reference})}"


def _read_suivi_id() -> int:
    try:
        return read_id(request.form.get("suivi", ""))
    except ValueError as error:
        raise DonneeInvalide(_("Choisissez dans la liste ce que vous ne voulez plus suivre.")) from error


def _describe(suivi: Suivi) -> Ligne:
    nom, reference = suivi.nom_public, getattr(suivi, COLONNES[suivi.objet])
    return Ligne(
        id=suivi.id,
        mot=str(OBJETS[suivi.objet]),
        nom=nom,
        page=page_of(suivi.objet, reference) if nom else None,
        depuis=suivi.depuis,
    )
