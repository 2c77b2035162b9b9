"""Undo merges, and tell both histories; shared by the use cases and by the handlers."""

from markupsafe import Markup
from sqlalchemy import update

from mse.comptes.models import Compte
from mse.core.clock import now
from mse.core.text import _
from mse.core.use_cases import record
from mse.doublons.events import FicheQuittee, FicheRejointe, FicheReunie, FicheSeparee
from mse.doublons.locking import lock_fiches
from mse.doublons.queries.fusions import get_fusion, list_directes, list_sous
from mse.extensions import db
from mse.fiches.api import NatureEtape, add_etape
from mse.fiches.models import Etape, Fiche
from mse.soutiens.api import count_again


def detach(doublon: Fiche, racine: Fiche, *, par: Compte) -> None:
    """Undo the current merge of `doublon`, in the group of `racine`. Both are locked."""
    fusion = get_fusion(doublon.id)
    if fusion is None:
        return
    fusion.separee_le, fusion.separee_par_id = now(), par.id
    siennes = list_sous(doublon.id, racine.id) - {doublon.id}
    db.session.execute(update(Fiche).where(Fiche.id == doublon.id).values(reunie_a_id=None))
    db.session.execute(update(Fiche).where(Fiche.id.in_(siennes)).values(reunie_a_id=doublon.id))
    tell(doublon, racine, NatureEtape.SEPARATION, par=par)
    count_again([doublon.id, racine.id])


def detach_all(fiche: Fiche, *, par: Compte) -> None:
    """Undo the merges of a fiche that is no longer public: its own, and those of the fiches merged into it.
    Its row is locked."""
    autres = set(list_directes(fiche.id)) | ({fiche.reunie_a_id} if fiche.reunie_a_id else set())
    if not autres:
        return
    fiches = lock_fiches(autres, wait=False)
    if fiche.reunie_a_id:
        detach(fiche, fiches[fiche.reunie_a_id], par=par)
        db.session.flush()
    for doublon_id in list_directes(fiche.id):
        detach(fiches[doublon_id], fiche, par=par)


def tell(doublon: Fiche, principale: Fiche, nature: NatureEtape, *, par: Compte) -> None:
    """Add a line to both histories and record the events."""
    est_reunion = nature == NatureEtape.REUNION
    if est_reunion:
        chez_doublon = _("Cette fiche est réunie à la fiche %(id)s.", id=principale.id)
        chez_principale = _("La fiche %(id)s est réunie à celle-ci.", id=doublon.id)
    else:
        chez_doublon = _("Cette fiche n’est plus réunie à la fiche %(id)s.", id=principale.id)
        chez_principale = _("La fiche %(id)s n’est plus réunie à celle-ci.", id=doublon.id)
    une = _add(doublon, chez_doublon, nature, par=par)
    autre = _add(principale, chez_principale, nature, par=par)
    reunie, rejointe = (FicheReunie, FicheRejointe) if est_reunion else (FicheSeparee, FicheQuittee)
    record(reunie(fiche_id=doublon.id, etape_id=une.id, principale_id=principale.id, par_id=par.id))
    record(rejointe(fiche_id=principale.id, etape_id=autre.id, par_id=par.id))


def _add(fiche: Fiche, phrase: str, nature: NatureEtape, *, par: Compte) -> Etape:
    """Add a line whose text is a sentence of the software: it needs no sanitizing."""
    etape = add_etape(fiche, nature, le=now(), par=par)
    etape.texte, etape.texte_html = phrase, Markup("<p>{}</p>").format(phrase)
    return etape
