"""Territoires, communes and thèmes of the démarche."""

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mse.core.database import state
from mse.core.sort_keys import SortedByName
from mse.extensions import Model


class Niveau(StrEnum):
    REGION = "region"
    DEPARTEMENT = "departement"
    ZONE_EMPLOI = "zone_emploi"
    COMMUNE = "commune"

    @property
    def est_petit(self) -> bool:
        """True for the smallest levels: numerous, searched by name, and with too few facts to count them by
        thème."""
        return self in (Niveau.ZONE_EMPLOI, Niveau.COMMUNE)


class Territoire(Model):
    """A node of the tree région → département → part of a zone d’emploi (code `13-9312`) or commune."""

    __tablename__ = "territoires"

    code: Mapped[str] = mapped_column(String(16), primary_key=True)
    nom: Mapped[str] = mapped_column(String(120))
    niveau: Mapped[Niveau] = mapped_column(state(Niveau))
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("territoires.code"), index=True)
    parent: Mapped["Territoire | None"] = relationship(remote_side=[code])
    importe: Mapped[dict[str, Any] | None] = mapped_column(JSON)  # values last imported

    version: Mapped[int] = mapped_column(server_default="1")
    __mapper_args__ = {"version_id_col": version}

    @property
    def lignee(self) -> "list[Territoire]":
        """Return the territoire, then its ancestors up to the root."""
        return [self, *(self.parent.lignee if self.parent else [])]


class Commune(SortedByName, Model):
    """A commune by INSEE code, with the most specific territoire that contains it."""

    __tablename__ = "communes"
    SORTED_BY = ("nom",)

    code: Mapped[str] = mapped_column(String(5), primary_key=True)
    nom: Mapped[str] = mapped_column(String(120))
    codes_postaux: Mapped[str] = mapped_column(String(400))  # space separated
    territoire_code: Mapped[str] = mapped_column(ForeignKey("territoires.code"), index=True)

    territoire: Mapped[Territoire] = relationship()

    @property
    def nom_precis(self) -> str:
        return dire_commune(self.nom, self.code)


def dire_commune(nom: str, code: str) -> str:
    """Return the name and the département, «Mirabeau (84)»: names are unique within a département."""
    return f"{nom} ({read_departement(code)})"


def read_departement(code: str) -> str:
    """Return the département of an INSEE code: three characters overseas, two elsewhere."""
    return code[: 3 if code.startswith("97") else 2]


class Theme(Model):
    """The subject of a fiche. A retired thème stays on its fiches but is no longer offered."""

    __tablename__ = "themes"

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    libelle: Mapped[str] = mapped_column(String(80))
    ordre: Mapped[int]
    organisme: Mapped[bool] = mapped_column(default=False)  # the organisme of the fiche is ticked by default
    retire_le: Mapped[date | None]
    importe: Mapped[dict[str, Any] | None] = mapped_column(JSON)  # values last imported

    version: Mapped[int] = mapped_column(server_default="1")
    __mapper_args__ = {"version_id_col": version}


def update_unless_edited(row: Theme | Territoire, valeurs: dict[str, Any]) -> None:
    """Apply `valeurs` from the démarche files to `row`, except to fields that a person has changed.

    A field is unchanged while it equals its value in `importe`. If `importe` is None (never imported), all
    fields are overwritten. If it is `{}` (created by a person), none is.
    """
    connues = row.importe
    for champ, valeur in valeurs.items():
        if connues is None or getattr(row, champ) == connues.get(champ):
            setattr(row, champ, valeur)
    if connues != {}:
        row.importe = (connues or {}) | valeurs
