"""Stored figures of each acteur and quarter, so that the page of acteurs in difficulty reads few rows; the
reports that were sent, and the requests to send them all."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mse.annuaire.models import Acteur
from mse.bilans.chiffres import Chiffres
from mse.bilans.rapports import Rapport
from mse.bilans.trimestres import Trimestre
from mse.comptes.models import Compte
from mse.core.database import UTCDateTime, partial_index, state
from mse.core.files import Store
from mse.extensions import Model


class TrimestreCompte(Model):
    """A quarter whose figures are stored. `jusqu_au`: the last day that they count."""

    __tablename__ = "bilans_trimestres"

    debut: Mapped[date] = mapped_column(primary_key=True)
    jusqu_au: Mapped[date]
    calcule_le: Mapped[datetime] = mapped_column(UTCDateTime)


class BilanActeur(Model):
    """The figures of an acteur in a quarter, see `Chiffres`. No row if nothing was due."""

    __tablename__ = "bilans_acteurs"
    __table_args__ = (
        CheckConstraint("dues > 0 AND tenues >= 0 AND tenues <= dues", name="dues"),
        CheckConstraint("repondues >= tenues AND repondues <= dues", name="repondues"),
        Index("ix_bilans_acteurs_pires", "debut", "part", "dues", "acteur_id"),
    )

    debut: Mapped[date] = mapped_column(primary_key=True)  # first day of the quarter
    acteur_id: Mapped[int] = mapped_column(ForeignKey("acteurs.id", ondelete="CASCADE"), primary_key=True)
    dues: Mapped[int]
    tenues: Mapped[int]
    repondues: Mapped[int]
    delai: Mapped[float | None]
    oui: Mapped[int]
    en_partie: Mapped[int]
    non: Mapped[int]
    part: Mapped[int]  # copy of `Chiffres.part`, for the order of the page

    @property
    def chiffres(self) -> Chiffres:
        return Chiffres(
            dues=self.dues,
            tenues=self.tenues,
            repondues=self.repondues,
            delai=self.delai,
            oui=self.oui,
            en_partie=self.en_partie,
            non=self.non,
        )


class AQui(StrEnum):
    """Whom a report is sent to: the first of these circles that can be reached."""

    REFERENTS = "referents"
    AGENTS = "agents"
    BOITE = "boite"


class EnvoiBilan(Model):
    """The report of an acteur for a quarter, sent once. Its figures never change."""

    __tablename__ = "bilans_envois"
    __table_args__ = (
        UniqueConstraint("acteur_id", "debut"),
        CheckConstraint("destinataires > 0", name="destinataires"),
        partial_index("ix_bilans_envois_a_imprimer", "id", where="pdf IS NULL"),
    )
    store = Store("bilans")

    id: Mapped[int] = mapped_column(primary_key=True)
    acteur_id: Mapped[int] = mapped_column(ForeignKey("acteurs.id"))
    debut: Mapped[date] = mapped_column(index=True)  # first day of the quarter
    par_id: Mapped[int] = mapped_column(ForeignKey("comptes.id"))
    le: Mapped[datetime] = mapped_column(UTCDateTime)
    a_qui: Mapped[AQui] = mapped_column(state(AQui))
    destinataires: Mapped[int]  # number of addresses
    contenu: Mapped[dict[str, Any]] = mapped_column(JSON)  # see `Rapport.figer`
    pdf: Mapped[str | None] = mapped_column(String(40), unique=True)  # file name in `store`

    acteur: Mapped[Acteur] = relationship()

    @property
    def rapport(self) -> Rapport:
        return Rapport.lire(self.contenu)

    @property
    def trimestre(self) -> Trimestre:
        return Trimestre.du(self.debut)


class EnvoiATous(Model):
    """A request to send all reports of a quarter. The worker carries it out."""

    __tablename__ = "bilans_envois_a_tous"
    __table_args__ = (
        CheckConstraint("total > 0", name="total"),
        partial_index("ix_bilans_envois_a_tous_a_faire", "id", where="fini_le IS NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    debut: Mapped[date] = mapped_column(index=True)  # first day of the quarter
    par_id: Mapped[int] = mapped_column(ForeignKey("comptes.id"))
    demande_le: Mapped[datetime] = mapped_column(UTCDateTime)
    total: Mapped[int]  # reports to send at that time
    dernier_id: Mapped[int] = mapped_column(default=0)  # the worker goes on after this acteur
    fini_le: Mapped[datetime | None] = mapped_column(UTCDateTime)

    par: Mapped[Compte] = relationship()

    @property
    def trimestre(self) -> Trimestre:
        return Trimestre.du(self.debut)
