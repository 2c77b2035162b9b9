"""Request a PDF; the worker writes it, and deletes it after a day."""

import logging
from datetime import timedelta
from io import BytesIO

from sqlalchemy import select

from mse.comptes.models import Compte
from mse.config import RESOURCES
from mse.core.clock import now
from mse.core.database import one_at_a_time, reading
from mse.core.pdf import can_write_pdf, write_pdf
from mse.core.rate_limit import HOUR, Limit, count_or_refuse, hash_key, requester_key
from mse.core.use_cases import release, use_case
from mse.extensions import db
from mse.impressions.documents import add_impression, delete_impressions
from mse.impressions.models import Impression
from mse.impressions.queries import get_impression, get_prochaine, list_fichiers_connus

GARDE = timedelta(days=1)  # how long a document is kept
# Documents per hour: for one account or one network, in total.
PAR_DEMANDEUR, PAR_HEURE = 30, 600
PAR_TOUR = 5  # documents written in one run, so that mails do not wait
STYLE = RESOURCES / "templates" / "papier" / "impression.css"  # of all documents

logger = logging.getLogger(__name__)


@use_case
def demander_impression(
    sujet: str, page: str, *, par: Compte | None, prive: bool = False, adresse: str | None, secret: str
) -> None:
    """Request the PDF of a page. The document that exists already is not written again.

    `page`: HTML that reads no file and no network. `prive`: only `par` reads it. `adresse`: IP address of the
    client; `secret`: key of the rate-limit hashes. Raise `TooManyAttempts`.
    """
    one_at_a_time(f"impression:{sujet}")
    deja = get_impression(sujet, page)
    if deja is not None and (deja.est_attendue or deja.est_ecrite):
        return
    demandeur = f"compte:{par.id}" if par is not None else requester_key(adresse)
    count_or_refuse(
        [
            Limit(hash_key(secret, "impression-demandeur", demandeur), PAR_DEMANDEUR, HOUR),
            Limit(hash_key(secret, "impression", ""), PAR_HEURE, HOUR),
        ]
    )
    add_impression(sujet, page, compte_id=par.id if prive and par is not None else None)


def imprimer() -> None:
    """Worker task: write the PDF of the first requests."""
    for _tour in range(PAR_TOUR):
        with reading():
            prochaine = get_prochaine()
            ident, page = (prochaine.id, prochaine.page) if prochaine is not None else (0, None)
        release()
        if page is None:
            return
        contenu = _write(page)
        fichier = Impression.store.save(BytesIO(contenu)) if contenu is not None else None
        if not _ranger(ident, fichier) and fichier is not None:
            Impression.store.remove([fichier])


def _write(page: str) -> bytes | None:
    """Return the PDF; None if this machine writes none or the page is refused."""
    if not can_write_pdf():
        return None
    try:
        return write_pdf(page, STYLE.read_text("utf-8"))
    except Exception:
        logger.exception("a PDF was not written")
        return None


@use_case
def _ranger(ident: int, fichier: str | None) -> bool:
    """Store the name of the file. Return False if the request was deleted, or another worker was faster."""
    impression = db.session.get(Impression, ident, with_for_update=True, populate_existing=True)
    if impression is None or not impression.est_attendue:
        return False
    impression.page, impression.fichier = None, fichier
    return True


def oublier_impressions() -> int:
    """Worker task: delete the documents of yesterday, and the files that no request references. Return the
    number of these files."""
    _oublier()
    with reading():
        return Impression.store.sweep(list_fichiers_connus)


@use_case
def _oublier() -> None:
    vieilles = db.session.scalars(select(Impression).where(Impression.demandee_le < now() - GARDE)).all()
    delete_impressions(vieilles)
