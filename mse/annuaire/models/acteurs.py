"""Acteurs, their compétences and the people who work for them."""

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, backref, mapped_column, relationship, validates

from mse.annuaire.models.territoires import Commune, Territoire, Theme
from mse.comptes.models import Compte
from mse.core.clock import today
from mse.core.database import state
from mse.core.sort_keys import SortedByName
from mse.core.text import _, fold
from mse.extensions import Model


class Nature(StrEnum):
    SERVICE = "service"
    ORGANISME = "organisme"


class Acteur(SortedByName, Model):
    """A service or an organisme that a fiche can be addressed to. It has a mailbox of its own."""

    __tablename__ = "acteurs"
    SORTED_BY = ("nom",)

    id: Mapped[int] = mapped_column(primary_key=True)
    nature: Mapped[Nature] = mapped_column(state(Nature))
    nom: Mapped[str] = mapped_column(String(200))
    nom_cherche: Mapped[str] = mapped_column(Text)  # folded: SQLite and PostgreSQL ignore accents differently
    courriel: Mapped[str | None] = mapped_column(String(254))
    siret: Mapped[str | None] = mapped_column(String(14), unique=True)
    declaration: Mapped[str | None] = mapped_column(String(20))  # numéro de déclaration d’activité
    adresse: Mapped[str | None] = mapped_column(String(300))
    commune_code: Mapped[str | None] = mapped_column(ForeignKey("communes.code"))
    territoire_code: Mapped[str | None] = mapped_column(ForeignKey("territoires.code"), index=True)
    delai_prise_en_charge: Mapped[int | None]  # working days; None: the default of the démarche
    delai_reponse: Mapped[int | None]
    importe: Mapped[dict[str, Any] | None] = mapped_column(
        JSON
    )  # values of the last import: a field that differs was corrected by a person
    ferme_le: Mapped[date | None]

    version: Mapped[int] = mapped_column(server_default="1")
    __mapper_args__ = {"version_id_col": version}

    commune: Mapped[Commune | None] = relationship()
    territoire: Mapped[Territoire | None] = relationship()
    competences: Mapped[list["Competence"]] = relationship(
        back_populates="acteur", cascade="all, delete-orphan"
    )

    appartenances: Mapped[list["Appartenance"]] = relationship(back_populates="acteur")

    @validates("nom")
    def _fold_nom(self, _key: str, nom: str) -> str:
        self.nom_cherche = fold(nom)
        return nom

    @property
    def a_un_agent(self) -> bool:
        """True if an activated agent works for it today; else the page says «n’a pas encore de compte»."""
        le = today()
        comptes = (a.compte for a in self.appartenances if a.est_en_cours(le))
        return any(compte.est_ouvert and compte.active_le is not None for compte in comptes)

    @property
    def est_organisme(self) -> bool:
        return self.nature == Nature.ORGANISME

    @property
    def est_ferme(self) -> bool:
        """True if the acteur is closed: it is no longer proposed, but its page and its answers stay."""
        return self.ferme_le is not None


Index("ix_acteurs_repertoire", Acteur.nature.desc(), Acteur.tri, Acteur.id)


class Competence(Model):
    """A thème and a territoire that an acteur is responsible for. None means all of them."""

    __tablename__ = "competences"
    __table_args__ = (
        UniqueConstraint("acteur_id", "theme_code", "territoire_code"),
        Index(None, "theme_code", "territoire_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    acteur_id: Mapped[int] = mapped_column(ForeignKey("acteurs.id", ondelete="CASCADE"))
    theme_code: Mapped[str | None] = mapped_column(ForeignKey("themes.code"))
    territoire_code: Mapped[str | None] = mapped_column(ForeignKey("territoires.code"), index=True)

    acteur: Mapped[Acteur] = relationship(back_populates="competences")
    theme: Mapped[Theme | None] = relationship()
    territoire: Mapped[Territoire | None] = relationship()


class Appartenance(Model):
    """A compte works for an acteur from `debut` (inclusive) to `fin` (exclusive)."""

    __tablename__ = "appartenances"
    __table_args__ = (
        CheckConstraint("fin IS NULL OR fin >= debut", name="ordre"),
        Index(None, "compte_id"),
        Index(
            "uq_appartenances_ouverte",
            "acteur_id",
            "compte_id",
            unique=True,
            sqlite_where=text("fin IS NULL"),
            postgresql_where=text("fin IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    compte_id: Mapped[int] = mapped_column(ForeignKey("comptes.id", ondelete="CASCADE"))
    acteur_id: Mapped[int] = mapped_column(ForeignKey("acteurs.id"))
    est_referent: Mapped[bool] = mapped_column(default=False)
    debut: Mapped[date]
    fin: Mapped[date | None]

    compte: Mapped[Compte] = relationship(backref=backref("appartenances"))
    acteur: Mapped[Acteur] = relationship(back_populates="appartenances")

    def est_en_cours(self, le: date) -> bool:
        return self.debut <= le and (self.fin is None or le < self.fin)

    @property
    def designation(self) -> str:
        """Return the role in words that follow «vous êtes»."""
        if self.est_referent:
            return _("référent·e de « %(acteur)s »", acteur=self.acteur.nom)
        return _("agent·e de « %(acteur)s »", acteur=self.acteur.nom)
