"""Pages to upload the public list and to follow its import by the worker."""

from typing import Any

from flask import Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from mse.annuaire.policies import tient_annuaire
from mse.annuaire.queries import get_territoire
from mse.core.errors import DonneeInvalide
from mse.core.text import _
from mse.core.web import droit, moi, render
from mse.core.web.files import accepts_files, get_files, send_stored
from mse.demarche import get_demarche
from mse.imports.forms import ListeForm
from mse.imports.models import ImportOrganismes
from mse.imports.queries import get_import, list_imports
from mse.imports.use_cases.importer_liste import OCTETS_MAX, demander_import
from mse.imports.views import bp


def _peut_suivre(compte: Any, _demande: ImportOrganismes) -> bool:
    return tient_annuaire(compte)


@bp.route("/importer/organismes", methods=["GET", "POST"])
@droit(tient_annuaire)
@accepts_files(OCTETS_MAX)
def importer_des_organismes() -> ResponseReturnValue:
    form = ListeForm()
    if form.validate_on_submit():
        envois = get_files("fichier")
        if not envois:
            raise DonneeInvalide(_("Choisissez le fichier de la liste publique."))
        [envoi, *_autres] = envois
        demande = demander_import(envoi.nom, envoi.contenu, **_choices(form), par=moi())
        return redirect(url_for("imports.suivre_import", import_id=demande.id), 303)
    return render(
        "imports/importer_liste.html",
        form=form,
        imports=list_imports(),
        octets=OCTETS_MAX,
        territoire=get_territoire(None, get_demarche().territoires.racine),
    )


def _choices(form: ListeForm) -> dict[str, bool]:
    return {"essai": "essai" in request.form, "partout": not form.ici.data}


@bp.get("/importer/organismes/<int:import_id>")
@droit(_peut_suivre, sur=get_import)
def suivre_import(demande: ImportOrganismes) -> ResponseReturnValue:
    return render("imports/importer_liste_suivi.html", demande=demande)


@bp.get("/importer/organismes/<int:import_id>/rapport.csv")
@droit(_peut_suivre, sur=get_import)
def rapport_import(demande: ImportOrganismes) -> Response:
    if demande.chemin_rapport is None:
        abort(404)
    return send_stored(demande.chemin_rapport, "text/csv; charset=utf-8", name=f"import-{demande.id}.csv")
