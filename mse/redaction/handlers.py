"""A published text is no draft any more."""

from sqlalchemy import delete

from mse.core.database import one_at_a_time
from mse.core.events import on
from mse.extensions import db
from mse.fiches.events import (
    EtapeAjoutee,
    EvenementDeSaisine,
    SaisineAbandonnee,
    SaisineReglee,
    SaisineRepondue,
)
from mse.redaction.brouillons import name_lock
from mse.redaction.models import BrouillonReponse
from mse.redaction.workflow import Geste

_GESTES: dict[type[EvenementDeSaisine], Geste] = {
    SaisineRepondue: Geste.REPONDRE,
    SaisineReglee: Geste.REGLER,
    SaisineAbandonnee: Geste.ABANDONNER,
    EtapeAjoutee: Geste.ETAPE,
}


@on(*_GESTES)
def forget_draft(event: EvenementDeSaisine) -> None:
    """Delete the draft of the person who has published. The drafts of colleagues stay."""
    if event.par_id is None:
        return
    one_at_a_time(name_lock(event.saisine_id, event.par_id))
    db.session.execute(
        delete(BrouillonReponse)
        .where(
            BrouillonReponse.saisine_id == event.saisine_id,
            BrouillonReponse.compte_id == event.par_id,
            BrouillonReponse.geste == _GESTES[type(event)],
        )
        .execution_options(synchronize_session=False)
    )
