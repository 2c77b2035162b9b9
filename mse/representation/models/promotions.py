"""Promotions (groups in training) and the mandats of their delegates."""

from datetime import date, datetime
from enum import StrEnum
from zlib import crc32

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, backref, mapped_column, relationship

from mse.annuaire.models import Acteur, Commune, Territoire
from mse.comptes.models import Compte
from mse.core.database import UTCDateTime, state
from mse.core.sort_keys import SortedByName
from mse.core.text import _
from mse.extensions import Model

PETITE_PROMOTION = 5  # people; the public does not see the title of a smaller promotion


class RoleMandat(StrEnum):
    TITULAIRE = "titulaire"
    SUPPLEANT = "suppleant"


class Promotion(SortedByName, Model):
    """A group in training at one organisme."""

    __tablename__ = "promotions"
    __table_args__ = (
        CheckConstraint("fin >= debut", name="ordre"),
        CheckConstraint("effectif > 0", name="effectif"),
    )
    SORTED_BY = ("titre",)

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
    def version(self) -> int:
        """Return a checksum of the fields of the form, which changes as soon as one of them does."""
        dit = (self.titre, self.commune_code, self.debut, self.fin, self.effectif, self.succede_a_id)
        return crc32(repr(dit).encode()) % 10**9

    @property
    def designation(self) -> str:
        return designer(self.titre, self.effectif, self.organisme.nom)


def designer(titre: str, effectif: int, organisme: str) -> str:
    """Return the public name of a promotion. Below 5 people it omits the title, which could identify them."""
    if effectif < PETITE_PROMOTION:
        return _("une promotion de %(organisme)s", organisme=organisme)
    return _("« %(titre)s », %(organisme)s", titre=titre, organisme=organisme)


class Mandat(Model):
    """The mandat of an elected delegate. It lasts until the end of the course unless `fin` is set."""

    __tablename__ = "mandats"
    __table_args__ = (
        CheckConstraint("fin IS NULL OR fin >= debut", name="ordre"),
        Index(None, "compte_id"),
        Index(None, "promotion_id"),
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

    def est_a_venir(self, le: date) -> bool:
        """True before the first day of the mandat, while it can still be deleted."""
        return self.debut > le

    def est_fini(self, le: date) -> bool:
        return (self.fin or self.promotion.fin) < le

    def figer_si_fini(self, le: date) -> bool:
        """Return True if the mandat is over on the day `le`. Then also set `fin`, so that a later extension
        of the course does not revive the mandat."""
        fini = self.est_fini(le)
        if fini:
            self.fin = self.fin or self.promotion.fin
        return fini

    @property
    def designation(self) -> str:
        """Return the role in words that follow «vous êtes»; it contains the title, so it is not for public
        pages."""
        role = _("délégué·e suppléant·e") if self.role == RoleMandat.SUPPLEANT else _("délégué·e")
        titre, organisme = self.promotion.titre, self.promotion.organisme.nom
        return _("%(role)s de « %(titre)s », %(organisme)s", role=role, titre=titre, organisme=organisme)
