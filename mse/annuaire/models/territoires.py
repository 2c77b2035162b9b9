"""Where, and about what: the démarche's territoires, communes and thèmes."""

from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mse.core.database import state
from mse.extensions import Model


class Niveau(StrEnum):
    REGION = "region"
    DEPARTEMENT = "departement"
    ZONE_EMPLOI = "zone_emploi"


class Territoire(Model):
    """A node of the tree région → département → part of a zone d’emploi (code `13-9312`)."""

    __tablename__ = "territoires"

    code: Mapped[str] = mapped_column(String(16), primary_key=True)
    nom: Mapped[str] = mapped_column(String(120))
    niveau: Mapped[Niveau] = mapped_column(state(Niveau))
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("territoires.code"), index=True)
    parent: Mapped["Territoire | None"] = relationship(remote_side=[code])

    @property
    def lignee(self) -> "list[Territoire]":
        """Itself, then its ancestors up to the root."""
        return [self, *(self.parent.lignee if self.parent else [])]


class Commune(Model):
    """An INSEE commune and the most specific territoire it lies in."""

    __tablename__ = "communes"

    code: Mapped[str] = mapped_column(String(5), primary_key=True)
    nom: Mapped[str] = mapped_column(String(120))
    codes_postaux: Mapped[str] = mapped_column(String(400))  # space separated
    territoire_code: Mapped[str] = mapped_column(ForeignKey("territoires.code"), index=True)

    territoire: Mapped[Territoire] = relationship()

    @property
    def nom_precis(self) -> str:
        """«Mirabeau (84)»: a name is borne once in a département."""
        return f"{self.nom} ({self.code[:2]})"


class Theme(Model):
    __tablename__ = "themes"

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    libelle: Mapped[str] = mapped_column(String(80))
    ordre: Mapped[int]
    organisme: Mapped[bool] = mapped_column(default=False)  # the fiche's organisme is ticked from the start
