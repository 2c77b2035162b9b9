"""Who is who: territoires, thèmes, acteurs and what they answer for, promotions and their mandats."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, backref, mapped_column, relationship

from mse.comptes.models import Compte
from mse.core.clock import today
from mse.core.database import UTCDateTime, state
from mse.core.textes import _
from mse.extensions import Model

PETITE_PROMOTION = 5  # people; below, the public does not read its title


class Niveau(StrEnum):
    REGION = "region"
    DEPARTEMENT = "departement"
    ZONE_EMPLOI = "zone_emploi"


class Nature(StrEnum):
    SERVICE = "service"
    ORGANISME = "organisme"


class RoleMandat(StrEnum):
    TITULAIRE = "titulaire"
    SUPPLEANT = "suppleant"


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


class Theme(Model):
    __tablename__ = "themes"

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    libelle: Mapped[str] = mapped_column(String(80))
    ordre: Mapped[int]
    organisme: Mapped[bool] = mapped_column(default=False)  # the fiche's organisme is ticked from the start


class Acteur(Model):
    """Whom a fiche can be addressed to. It has a mailbox of its own."""

    __tablename__ = "acteurs"
    __table_args__ = (Index(None, "nom", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    nature: Mapped[Nature] = mapped_column(state(Nature))
    nom: Mapped[str] = mapped_column(String(200))
    courriel: Mapped[str | None] = mapped_column(String(254))
    siret: Mapped[str | None] = mapped_column(String(14), unique=True)
    declaration: Mapped[str | None] = mapped_column(String(20))  # numéro de déclaration d’activité
    adresse: Mapped[str | None] = mapped_column(String(300))
    commune_code: Mapped[str | None] = mapped_column(ForeignKey("communes.code"))
    territoire_code: Mapped[str | None] = mapped_column(ForeignKey("territoires.code"), index=True)
    delai_prise_en_charge: Mapped[int | None]  # working days; None: the démarche's
    delai_reponse: Mapped[int | None]
    importe: Mapped[dict[str, Any] | None] = mapped_column(
        JSON
    )  # last imported values: what differs was corrected
    ferme_le: Mapped[date | None]

    commune: Mapped[Commune | None] = relationship()
    territoire: Mapped[Territoire | None] = relationship()
    competences: Mapped[list["Competence"]] = relationship(
        back_populates="acteur", cascade="all, delete-orphan"
    )

    appartenances: Mapped[list["Appartenance"]] = relationship(back_populates="acteur")

    @property
    def a_un_agent(self) -> bool:
        """Somebody works for it today with an open compte; else it «n’a pas encore de compte»."""
        le = today()
        return any(a.est_en_cours(le) and a.compte.est_ouvert for a in self.appartenances)

    @property
    def est_organisme(self) -> bool:
        return self.nature == Nature.ORGANISME


class Competence(Model):
    """What an acteur answers for; without thème or without territoire: all of them."""

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
    """A compte works for an acteur, from a day on, until it ends."""

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
        return self.debut <= le and (self.fin is None or le <= self.fin)


class Promotion(Model):
    """A group in training at one organisme."""

    __tablename__ = "promotions"
    __table_args__ = (
        CheckConstraint("fin >= debut", name="ordre"),
        CheckConstraint("effectif > 0", name="effectif"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisme_id: Mapped[int] = mapped_column(ForeignKey("acteurs.id"), index=True)
    titre: Mapped[str] = mapped_column(String(160))
    commune_code: Mapped[str] = mapped_column(ForeignKey("communes.code"))
    territoire_code: Mapped[str] = mapped_column(ForeignKey("territoires.code"), index=True)
    debut: Mapped[date]
    fin: Mapped[date]
    effectif: Mapped[int]
    succede_a_id: Mapped[int | None] = mapped_column(ForeignKey("promotions.id"), index=True)
    creee_le: Mapped[datetime] = mapped_column(UTCDateTime)

    organisme: Mapped[Acteur] = relationship()
    commune: Mapped[Commune] = relationship()
    territoire: Mapped[Territoire] = relationship()
    succede_a: Mapped["Promotion | None"] = relationship(remote_side=[id])
    mandats: Mapped[list["Mandat"]] = relationship(back_populates="promotion")

    @property
    def designation(self) -> str:
        """As the public reads it. Fewer than 5 people could be recognised: their title is not shown."""
        if self.effectif < PETITE_PROMOTION:
            return _("une promotion de %(organisme)s", organisme=self.organisme.nom)
        return _("« %(titre)s », %(organisme)s", titre=self.titre, organisme=self.organisme.nom)


class Mandat(Model):
    """An elected delegate's mandat; it lasts as long as the course unless it ends before."""

    __tablename__ = "mandats"
    __table_args__ = (
        CheckConstraint("fin IS NULL OR fin >= debut", name="ordre"),
        Index(None, "compte_id"),
        Index(
            "uq_mandats_siege",
            "promotion_id",
            "role",
            unique=True,
            sqlite_where=text("fin IS NULL"),
            postgresql_where=text("fin IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    promotion_id: Mapped[int] = mapped_column(ForeignKey("promotions.id"))
    compte_id: Mapped[int] = mapped_column(ForeignKey("comptes.id", ondelete="CASCADE"))
    role: Mapped[RoleMandat] = mapped_column(state(RoleMandat))
    debut: Mapped[date]
    fin: Mapped[date | None]

    promotion: Mapped[Promotion] = relationship(back_populates="mandats", lazy="joined")
    compte: Mapped[Compte] = relationship(backref=backref("mandats"))

    def est_en_cours(self, le: date) -> bool:
        return self.debut <= le <= (self.fin or self.promotion.fin)
