"""Look for the probable duplicates of fiches that were published, and set a pair aside."""

from sqlalchemy import delete, select

from mse.comptes.models import Compte
from mse.core.clock import now
from mse.core.database import one_at_a_time, upsert
from mse.core.guards import exige_droit
from mse.core.use_cases import record, use_case
from mse.doublons.events import DoublonEcarte
from mse.doublons.models import AComparer, DoublonProbable
from mse.doublons.policies import est_animateur
from mse.doublons.queries.proches import rank
from mse.extensions import db
from mse.fiches.api import INTERDIT
from mse.fiches.models import Fiche

BATCH = 10  # fiches in one transaction of the worker
PROBABLE = 0.45  # resemblance of two fiches from which an animateur looks at them
PAIRES = 2  # for one fiche


def compare_due() -> None:
    """Compare the fiches that were published. The worker calls it after the search index is up to date."""
    while db.session.scalar(select(AComparer.fiche_id).limit(1)) is not None:
        if not _compare_batch():
            return


@use_case
def _compare_batch() -> bool:
    one_at_a_time("doublons")
    query = select(AComparer.fiche_id).order_by(AComparer.fiche_id).limit(BATCH)
    ids = db.session.scalars(query.with_for_update(skip_locked=True)).all()
    for fiche in db.session.scalars(select(Fiche).where(Fiche.id.in_(ids)).order_by(Fiche.id)):
        if fiche.est_publique and not fiche.est_reunie:
            _compare(fiche)
    db.session.execute(delete(AComparer).where(AComparer.fiche_id.in_(ids)))
    return bool(ids)


def _compare(fiche: Fiche) -> None:
    trouvees = rank(
        fiche.titre,
        fiche.probleme,
        theme=fiche.theme_code,
        territoire=fiche.territoire_code,
        sauf=fiche.id,
        seuil=PROBABLE,
    )
    lignes = [
        {
            "fiche_id": max(fiche.id, une.id),
            "autre_id": min(fiche.id, une.id),
            "ressemblance": min(100, round(100 * une.ressemblance)),
            "trouve_le": now(),
        }
        for une in trouvees[:PAIRES]
    ]
    if lignes:
        db.session.execute(upsert(DoublonProbable).on_conflict_do_nothing(), lignes)


@use_case
def ecarter(paire: DoublonProbable, *, par: Compte) -> None:
    """Say that two fiches are about two problems: the pair leaves the list. A second click changes
    nothing."""
    exige_droit(est_animateur(par), INTERDIT)
    if paire.ecarte_le is None:
        paire.ecarte_le, paire.ecarte_par_id = now(), par.id
        record(DoublonEcarte(fiche_id=paire.fiche_id, autre_id=paire.autre_id, par_id=par.id))
