"""Pages of documents: the porteurs add and remove them, everybody downloads them."""

from flask import Response, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from mse.core.files.formats import ACCEPT
from mse.core.text import _
from mse.core.web import PUBLIC, FilesForm, accepts_files, droit, get_files, moi, render, send_stored
from mse.initiatives import policies, queries, use_cases
from mse.initiatives.limites import DOCUMENT_OCTETS_MAX, DOCUMENTS_MAX
from mse.initiatives.models import Document, Initiative
from mse.initiatives.queries import get_document, get_initiative
from mse.initiatives.views import UNE, bp


@bp.route(f"{UNE}/documents", methods=["GET", "POST"])
@accepts_files(DOCUMENTS_MAX * DOCUMENT_OCTETS_MAX)
@droit(policies.peut_porter, sur=get_initiative)
def documents(initiative: Initiative) -> ResponseReturnValue:
    form = FilesForm()
    if form.validate_on_submit():
        envois, refus = get_files("fichiers"), []
        if form.retirer.data:
            use_cases.retirer_document(initiative, form.retirer.data, par=moi())
            flash(_("Ce document est retiré."), "info")
        elif not envois:
            refus = [_("Choisissez au moins un fichier.")]
        if envois:
            refus = use_cases.ajouter_documents(initiative, envois, par=moi())
            if len(refus) < len(envois):
                flash(_("C’est publié : chacun peut prendre ce document."), "succes")
        if not refus:
            return redirect(url_for("initiatives.documents", initiative_id=initiative.id), 303)
        form.fichiers.errors = refus
    return render(
        "initiatives/documents.html",
        form=form,
        initiative=initiative,
        documents=queries.list_documents(initiative.id),
        maximum=DOCUMENTS_MAX,
        octets=DOCUMENT_OCTETS_MAX,
        accept=ACCEPT,
    )


@bp.get(f"{UNE}/documents/<int:document_id>")
@droit(PUBLIC, sur=get_document)
def document(document: Document) -> Response:
    return send_stored(document.chemin, document.format.mimetype, name=document.nom)


@bp.get(f"{UNE}/documents/<int:document_id>/vignette")
@droit(PUBLIC, sur=get_document)
def vignette(document: Document) -> Response:
    return send_stored(document.chemin_vignette or abort(404), "image/jpeg")
