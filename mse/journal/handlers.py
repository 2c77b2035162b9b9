"""Every event leaves a line, in its own transaction."""

import re
from typing import cast

from sqlalchemy import Table, insert

from mse.core.clock import now
from mse.core.events import Event, on
from mse.extensions import db
from mse.journal.models import LigneJournal

_TABLE = cast(Table, LigneJournal.__table__)


@on(Event)
def write_line(event: Event) -> None:
    objet, objet_id = event.subject()
    action = re.sub(r"(?<!^)(?=[A-Z])", "_", type(event).__name__).lower()
    ligne = {"le": now(), "action": action, "objet": objet, "objet_id": objet_id, "compte_id": event.par_id}
    db.session.execute(insert(_TABLE), [ligne])
