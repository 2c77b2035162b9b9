"""Keep and delete drafts of answers. They are private, so no event and no line of the journal is written."""

from datetime import datetime

from sqlalchemy import delete, select

from mse.comptes.models import Compte
from mse.core.clock import midnight, now, today
from mse.core.database import execute_bulk, one_at_a_time
from mse.core.guards import exige_droit
from mse.core.text import visible_length
from mse.core.text_length import limite
from mse.core.use_cases import after_commit, use_case
from mse.core.working_days import subtract_working_days
from mse.demarche import get_demarche
from mse.extensions import db
from mse.fiches.api import INTERDIT, REPONSE_MAX
from mse.fiches.models import Saisine
from mse.fiches.queries.pages import get_derniere_etape
from mse.redaction.brouillons import (
    begin_brouillon,
    delete_brouillon,
    find_brouillon,
    list_pieces,
    name_lock,
)
from mse.redaction.models import BrouillonReponse, PieceReponse
from mse.redaction.policies import peut_rediger
from mse.redaction.workflow import Geste


@use_case
def garder_brouillon(saisine: Saisine, geste: Geste, texte: str, *, par: Compte) -> datetime | None:
    """Save the text that `par` is writing, and return the time. An empty text without a file deletes the
    draft: return None.

    A text that `par` has just published is not saved: the script of the page may send it once more meanwhile.
    """
    exige_droit(peut_rediger(par, saisine), INTERDIT)
    texte = limite(texte, REPONSE_MAX)
    one_at_a_time(name_lock(saisine.id, par.id))
    brouillon = find_brouillon(saisine.id, geste, par.id)
    etape = get_derniere_etape(saisine)
    publie = etape is not None and (etape.auteur_id, etape.texte) == (par.id, texte)
    pieces = list_pieces(brouillon) if brouillon is not None else []
    if publie or not (pieces or visible_length(texte)):
        if brouillon is not None:
            delete_brouillon(brouillon, pieces)
        return None
    if brouillon is None:
        brouillon = begin_brouillon(saisine, geste, par)
    if (brouillon.texte, brouillon.acteur_id) != (texte, saisine.acteur_id):
        brouillon.texte, brouillon.acteur_id, brouillon.modifie_le = texte, saisine.acteur_id, now()
    return brouillon.modifie_le


@use_case
def effacer_brouillon(saisine_id: int, geste: Geste, *, par: Compte) -> None:
    """Delete the draft of `par`, if there is one."""
    one_at_a_time(name_lock(saisine_id, par.id))
    brouillon = find_brouillon(saisine_id, geste, par.id)
    if brouillon is not None:
        delete_brouillon(brouillon, list_pieces(brouillon))


@use_case
def oublier_brouillons() -> int:
    """Delete the drafts that nobody has changed for the time set in the démarche file. Return their
    number."""
    avant = midnight(subtract_working_days(today(), get_demarche().delais.brouillon_reponse))
    oublies = BrouillonReponse.modifie_le < avant
    pieces = db.session.scalars(select(PieceReponse).join(PieceReponse.brouillon).where(oublies)).all()
    fichiers = [nom for piece in pieces for nom in piece.fichiers]
    after_commit(lambda: PieceReponse.store.remove(fichiers))
    return execute_bulk(delete(BrouillonReponse).where(oublies))
