"""Keep and delete drafts of answers. They are private, so no event and no line of the journal is written."""

from datetime import datetime

from sqlalchemy import delete

from mse.comptes.models import Compte
from mse.core.clock import midnight, now, today
from mse.core.database import one_at_a_time
from mse.core.guards import exige_droit
from mse.core.text import visible_length
from mse.core.text_length import limite
from mse.core.use_cases import use_case
from mse.core.working_days import subtract_working_days
from mse.demarche import get_demarche
from mse.extensions import db
from mse.fiches.api import INTERDIT, REPONSE_MAX
from mse.fiches.models import Saisine
from mse.fiches.queries.pages import get_derniere_etape
from mse.redaction.brouillons import find_brouillon, name_lock
from mse.redaction.models import BrouillonReponse
from mse.redaction.policies import peut_rediger
from mse.redaction.workflow import Geste


@use_case
def garder_brouillon(saisine: Saisine, geste: Geste, texte: str, *, par: Compte) -> datetime | None:
    """Keep the text that `par` is writing, and return when. An empty text deletes the draft.

    A text that `par` has just published is not kept: the page may save once more while it is sent.
    """
    exige_droit(peut_rediger(par, saisine), INTERDIT)
    texte = limite(texte, REPONSE_MAX)
    one_at_a_time(name_lock(saisine.id, par.id))
    brouillon = find_brouillon(saisine.id, geste, par)
    etape = get_derniere_etape(saisine)
    publie = etape is not None and (etape.auteur_id, etape.texte) == (par.id, texte)
    if publie or not visible_length(texte):
        if brouillon is not None:
            db.session.delete(brouillon)
        return None
    if brouillon is None:
        brouillon = BrouillonReponse(saisine_id=saisine.id, compte_id=par.id, geste=geste)
        db.session.add(brouillon)
    if (brouillon.texte, brouillon.acteur_id) != (texte, saisine.acteur_id):
        brouillon.texte, brouillon.acteur_id, brouillon.modifie_le = texte, saisine.acteur_id, now()
    return brouillon.modifie_le


@use_case
def effacer_brouillon(saisine_id: int, geste: Geste, *, par: Compte) -> None:
    """Delete the draft of `par`, if there is one."""
    one_at_a_time(name_lock(saisine_id, par.id))
    brouillon = find_brouillon(saisine_id, geste, par)
    if brouillon is not None:
        db.session.delete(brouillon)


@use_case
def oublier_brouillons() -> None:
    """Delete the drafts that nobody has changed for the time set in the démarche file. Run by the worker."""
    avant = midnight(subtract_working_days(today(), get_demarche().delais.brouillon_reponse))
    db.session.execute(
        delete(BrouillonReponse)
        .where(BrouillonReponse.modifie_le < avant)
        .execution_options(synchronize_session=False)
    )
