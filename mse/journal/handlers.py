"""Write one line of the journal per event, in the transaction of the event."""

import re
from collections.abc import Sequence
from functools import cache
from typing import cast

from flask import current_app
from sqlalchemy import Table, insert

from mse.core.clock import now
from mse.core.events import Event, on_every
from mse.core.use_cases import is_batch
from mse.extensions import db
from mse.journal.allowances import PAR_HEURE, exige_sous_limites
from mse.journal.models import LigneJournal

_TABLE = cast(Table, LigneJournal.__table__)


@on_every
def write_lines(events: Sequence[Event]) -> None:
    """Write the lines of a use case, within the hourly limits of `allowances`.
    Commands that load data have no limit."""
    if not is_batch():
        actions = (
            (event.par_id, type(event), _action(type(event).__name__))
            for event in events
            if event.par_id is not None and type(event) in PAR_HEURE
        )
        exige_sous_limites(actions, fois=current_app.config["MSE"].ecritures)
    lignes = []
    for event in events:
        objet, objet_id = event.subject()
        lignes.append(
            {
                "le": now(),
                "action": _action(type(event).__name__),
                "objet": objet,
                "objet_id": objet_id,
                "compte_id": event.par_id,
            }
        )
    db.session.execute(insert(_TABLE), lignes)


@cache
def _action(name: str) -> str:
    """Return the name of an event type in the journal: `SaisineRepondue` gives `saisine_repondue`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
