"""Who of the owner's team has a saisine, and the filters that a team keeps."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mse.annuaire.models import Acteur
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


class FiltreGarde(Model):
    """Filters of the queue that the agents of an acteur share under a name. Nobody else reads them."""

    __tablename__ = "filtres_gardes"
    __table_args__ = (UniqueConstraint("acteur_id", "nom"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    acteur_id: Mapped[int] = mapped_column(ForeignKey("acteurs.id"))
    nom: Mapped[str] = mapped_column(String(60))
    requete: Mapped[str] = mapped_column(String(300))  # query string, checked when it is written and read

    acteur: Mapped[Acteur] = relationship()
