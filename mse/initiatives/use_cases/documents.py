"""Use cases of the public documents of an initiative."""

from collections.abc import Sequence
from functools import partial

from sqlalchemy import select

from mse.comptes.models import Compte
from mse.core.errors import DonneeInvalide, TransitionInterdite
from mse.core.files import Envoi, Prepared, attach_files
from mse.core.guards import exige_droit
from mse.core.text import _
from mse.core.use_cases import after_commit, record, use_case
from mse.extensions import db
from mse.initiatives.events import DocumentAjoute, DocumentRetire
from mse.initiatives.libelles import INTERDIT
from mse.initiatives.limites import DOCUMENT_OCTETS_MAX, DOCUMENTS_MAX
from mse.initiatives.models import Document, Initiative
from mse.initiatives.policies import peut_porter


def ajouter_documents(initiative: Initiative, envois: Sequence[Envoi], *, par: Compte) -> list[str]:
    """Add documents, public at once. Return one sentence for each refused file."""
    exige_droit(peut_porter(par, initiative), INTERDIT)
    keep = partial(_ajouter_document, initiative.id, par=par)
    return attach_files(Document.store, envois, keep, max_bytes=DOCUMENT_OCTETS_MAX)


@use_case
def _ajouter_document(
    initiative_id: int, pret: Prepared, fichier: str, vignette: str | None = None, *, par: Compte
) -> list[str]:
    """Add the row of a document. Return the names of the files that it holds; none if the initiative already
    has the same file."""
    initiative = db.session.get_one(Initiative, initiative_id, with_for_update=True, populate_existing=True)
    exige_droit(peut_porter(par, initiative), INTERDIT)
    if not initiative.est_publique:
        raise TransitionInterdite(_("Cette initiative est retirée : elle ne reçoit plus de document."))
    presents = set(
        db.session.scalars(select(Document.empreinte).where(Document.initiative_id == initiative.id))
    )
    if pret.digest in presents:
        return []
    if len(presents) >= DOCUMENTS_MAX:
        raise DonneeInvalide(
            _(
                "« %(nom)s » : l’initiative a déjà %(max)s documents, c’est le maximum.",
                nom=pret.name,
                max=DOCUMENTS_MAX,
            )
        )
    document = Document.of(pret, fichier, vignette, initiative_id=initiative.id)
    db.session.add(document)
    db.session.flush()
    record(DocumentAjoute(initiative_id=initiative.id, document_id=document.id, par_id=par.id))
    return document.fichiers


@use_case
def retirer_document(initiative: Initiative, document_id: int, *, par: Compte) -> None:
    """Delete the document and its files. Do nothing if it is already deleted."""
    exige_droit(peut_porter(par, initiative), INTERDIT)
    document = db.session.get(Document, document_id)
    if document is None or document.initiative_id != initiative.id:
        return
    fichiers = document.fichiers
    db.session.delete(document)
    record(DocumentRetire(initiative_id=initiative.id, document_id=document_id, par_id=par.id))
    after_commit(lambda: Document.store.remove(fichiers))
