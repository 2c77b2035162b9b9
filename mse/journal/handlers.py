"""Every event leaves a line, in its own transaction."""

import re
from collections.abc import Sequence
from functools import cache
from typing import cast

from sqlalchemy import Table, insert

from mse.core.clock import now
from mse.core.events import Event, on_every
from mse.extensions import db
from mse.journal.models import LigneJournal

_TABLE = cast(Table, LigneJournal.__table__)


@on_every
def write_lines(events: Sequence[Event]) -> None:
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
    """SaisineRepondue → saisine_repondue"""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
