"""Who of the owner's team has a saisine."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mse.comptes.models import Compte
from mse.core.database import UTCDateTime
from mse.extensions import Model
from mse.fiches.models import Saisine


class Attribution(Model):
    """The agent who has a saisine, one at most. It is a habit of the team and changes no permission: every
    agent of the owner still acts on the saisine. Only the team reads it."""

    __tablename__ = "attributions"

    saisine_id: Mapped[int] = mapped_column(ForeignKey("saisines.id"), primary_key=True)
    compte_id: Mapped[int] = mapped_column(ForeignKey("comptes.id"), index=True)
    le: Mapped[datetime] = mapped_column(UTCDateTime)

    saisine: Mapped[Saisine] = relationship()
    compte: Mapped[Compte] = relationship()
