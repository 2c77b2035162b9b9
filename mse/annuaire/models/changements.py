"""The history of changes that people made in the directory."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from mse.core.database import UTCDateTime, state
from mse.extensions import Model

TEXTE_MAX = 400


class NatureChangement(StrEnum):
    CREATION = "creation"
    CHAMP = "champ"
    COMPETENCE_AJOUTEE = "competence_ajoutee"
    COMPETENCE_RETIREE = "competence_retiree"
    ARRIVEE = "arrivee"
    REFERENT = "referent"
    PLUS_REFERENT = "plus_referent"
    DEPART = "depart"
    FERMETURE = "fermeture"
    REOUVERTURE = "reouverture"
    RETRAIT = "retrait"
    RETOUR = "retour"


class RoleAuteur(StrEnum):
    """The role in which somebody made a change. It is stored because roles and comptes may end later."""

    REFERENT = "referent"
    ANIMATION = "animation"
    ADMINISTRATION = "administration"
    LISTE = "liste"  # the author is a command or the import of the public list


class Changement(Model):
    """One line of the history of an acteur, a thème or a territoire.

    A person is stored as an id, so that anonymising the compte removes the name from the history. `avant` and
    `apres` never hold an e-mail address.
    """

    __tablename__ = "changements"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN acteur_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN theme_code IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN territoire_code IS NULL THEN 0 ELSE 1 END) = 1",
            name="un_objet",
        ),
        Index(None, "acteur_id", "id"),
        Index(None, "theme_code"),
        Index(None, "territoire_code"),
        Index(None, "compte_id"),
        Index(None, "par_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    le: Mapped[datetime] = mapped_column(UTCDateTime)
    nature: Mapped[NatureChangement] = mapped_column(state(NatureChangement))
    acteur_id: Mapped[int | None] = mapped_column(ForeignKey("acteurs.id", ondelete="CASCADE"))
    theme_code: Mapped[str | None] = mapped_column(ForeignKey("themes.code", ondelete="CASCADE"))
    territoire_code: Mapped[str | None] = mapped_column(ForeignKey("territoires.code", ondelete="CASCADE"))
    champ: Mapped[str | None] = mapped_column(String(40))
    avant: Mapped[str | None] = mapped_column(String(TEXTE_MAX))
    apres: Mapped[str | None] = mapped_column(String(TEXTE_MAX))
    compte_id: Mapped[int | None] = mapped_column(
        ForeignKey("comptes.id", ondelete="SET NULL")
    )  # the person whose role changed
    par_id: Mapped[int | None] = mapped_column(ForeignKey("comptes.id", ondelete="SET NULL"))
    par_role: Mapped[RoleAuteur] = mapped_column(state(RoleAuteur))
