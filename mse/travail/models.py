"""Assignments of saisines to agents, and the filters that a team saves."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mse.annuaire.models import Acteur
from mse.comptes.models import Compte
from mse.core.database import UTCDateTime
from mse.extensions import Model
from mse.fiches.models import Saisine


class Attribution(Model):
    """Assignment of a saisine to one agent of its owner. It changes no permission: every agent of the owner
    may still act on the saisine. Only the team reads it."""

    __tablename__ = "attributions"

    saisine_id: Mapped[int] = mapped_column(ForeignKey("saisines.id"), primary_key=True)
    compte_id: Mapped[int] = mapped_column(ForeignKey("comptes.id"), index=True)
    le: Mapped[datetime] = mapped_column(UTCDateTime)

    saisine: Mapped[Saisine] = relationship()
    compte: Mapped[Compte] = relationship()


class FiltreGarde(Model):
    """Filters of the queue, saved under a name for all agents of an acteur. Nobody else reads them."""

    __tablename__ = "filtres_gardes"
    __table_args__ = (UniqueConstraint("acteur_id", "nom"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    acteur_id: Mapped[int] = mapped_column(ForeignKey("acteurs.id"))
    nom: Mapped[str] = mapped_column(String(60))
    requete: Mapped[str] = mapped_column(String(300))  # query string, checked when it is written and read

    acteur: Mapped[Acteur] = relationship()
