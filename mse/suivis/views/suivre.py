"""Follow an object, with an account or by an e-mail address; the list of what an account follows."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from flask import current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from mse.core.database import read_id
from mse.core.errors import DonneeInvalide
from mse.core.text import _
from mse.core.web import CONNECTE, PUBLIC, ActionForm, confirm, droit, moi, own_path, render
from mse.suivis import use_cases
from mse.suivis.forms import SuiviForm
from mse.suivis.libelles import OBJETS
from mse.suivis.models import COLONNES, Suivi
from mse.suivis.queries.cibles import METEO, Cible, Reference, get_cible, list_boutons
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
@bp.route(
    "/meteo/bulletins/abonnement",
    methods=["GET", "POST"],
    defaults={"objet_id": Objet.BULLETINS.value, "reference_id": METEO},
)
@droit(PUBLIC, sur=get_cible)
def suivre(cible: Cible) -> ResponseReturnValue:
    if moi() is None or cible.objet == Objet.BULLETINS:
        return _follow_by_mail(cible)
    form, page = ActionForm(), page_of(cible.objet, cible.reference)
    if form.validate_on_submit():
        use_cases.suivre(cible, par=moi())
        confirm(_("C’est fait\u202f: vous suivez «\u202f%(nom)s\u202f».", nom=cible.nom))
        return redirect(own_path(request.form.get("retour")) or page, 303)
    [bouton] = list_boutons(moi(), [(cible.objet, cible.reference)])
    return render("suivis/suivre.html", form=form, cible=cible, bouton=bouton, page=page)


def _follow_by_mail(cible: Cible) -> ResponseReturnValue:
    form, page = SuiviForm(), page_of(cible.objet, cible.reference)
    if form.validate_on_submit():
        secret = current_app.config["SECRET_KEY"]
        use_cases.demander_suivi(cible, form.courriel.data, adresse=request.remote_addr, secret=secret)
        phrase = _(
            "Si cette adresse ne suit pas déjà cette page, un courriel part vers elle\u202f: ouvrez-le, puis "
            "appuyez sur le bouton."
        )
        flash(phrase, "succes")
        return redirect(page, 303)
    bulletins = cible.objet == Objet.BULLETINS
    return render("suivis/suivre_par_courriel.html", form=form, cible=cible, page=page, bulletins=bulletins)


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
    if objet == Objet.BULLETINS:
        return url_for("meteo.bulletins")
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
