"""Tables of class fiches. Nothing here identifies a trainee, except a first name that is given freely."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mse.classe.workflow import Etat, Nature
from mse.core.database import UTCDateTime, partial_index, state
from mse.extensions import Model
from mse.fiches.models import Fiche
from mse.representation.models import Promotion


class ClasseDeFiche(Model):
    """A draft that was opened to the class. The row stays after the link has ended."""

    __tablename__ = "classes"
    __table_args__ = (CheckConstraint("expire_le > ouverte_le", name="ordre"),)

    fiche_id: Mapped[int] = mapped_column(ForeignKey("fiches.id", ondelete="CASCADE"), primary_key=True)
    graine: Mapped[str] = mapped_column(String(43))  # the token is derived from it and from the secret key
    jeton_hash: Mapped[str] = mapped_column(String(64), unique=True)
    ouverte_le: Mapped[datetime] = mapped_column(UTCDateTime)
    expire_le: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    fermee_le: Mapped[datetime | None] = mapped_column(UTCDateTime)
    annoncee_le: Mapped[datetime | None] = mapped_column(UTCDateTime)  # last mail about what waits
    participants_effaces: Mapped[int] = mapped_column(default=0, server_default="0")  # marks erased on time

    fiche: Mapped[Fiche] = relationship(viewonly=True)

    def est_ouverte(self, le: datetime) -> bool:
        return self.fermee_le is None and le < self.expire_le


class Participant(Model):
    """One device that took part in one draft. The mark cannot be linked to another draft."""

    __tablename__ = "participants_de_classe"
    __table_args__ = (UniqueConstraint("fiche_id", "marque"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fiche_id: Mapped[int] = mapped_column(ForeignKey("classes.fiche_id", ondelete="CASCADE"))
    marque: Mapped[str] = mapped_column(String(64))  # HMAC of the cookie of the device and of the fiche
    est_concerne: Mapped[bool] = mapped_column(default=False)
    le: Mapped[datetime] = mapped_column(UTCDateTime)


class Contribution(Model):
    """A text of a trainee. Only the delegates of the promotion read it."""

    __tablename__ = "contributions"
    __table_args__ = (
        CheckConstraint("(etat = 'recue') = (traitee_le IS NULL)", name="traitee"),
        Index(None, "fiche_id", "id"),
        partial_index("ix_contributions_recues", "fiche_id", "id", where="etat = 'recue'"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cle: Mapped[str] = mapped_column(String(36), unique=True)  # idempotency key of the form
    fiche_id: Mapped[int] = mapped_column(ForeignKey("classes.fiche_id", ondelete="CASCADE"))
    participant_id: Mapped[int | None] = mapped_column(
        ForeignKey("participants_de_classe.id", ondelete="SET NULL"), index=True
    )
    nature: Mapped[Nature] = mapped_column(state(Nature))
    texte: Mapped[str] = mapped_column(Text)
    prenom: Mapped[str | None] = mapped_column(String(40))
    le: Mapped[datetime] = mapped_column(UTCDateTime)
    etat: Mapped[Etat] = mapped_column(state(Etat), default=Etat.RECUE)
    traitee_le: Mapped[datetime | None] = mapped_column(UTCDateTime)

    classe: Mapped[ClasseDeFiche] = relationship(viewonly=True)

    @property
    def est_recue(self) -> bool:
        return self.etat == Etat.RECUE

    @property
    def est_reprise(self) -> bool:
        return self.etat == Etat.REPRISE

    @property
    def est_ecartee(self) -> bool:
        return self.etat == Etat.ECARTEE

    def traiter(self, etat: Etat, *, le: datetime) -> None:
        self.etat = etat
        self.traitee_le = None if etat == Etat.RECUE else le


class JourDeParole(Model):
    """A day on which somebody of the promotion took part. It holds no personal data and is never deleted:
    the météo counts it (docs/regles/meteo.md)."""

    __tablename__ = "jours_de_parole"

    promotion_id: Mapped[int] = mapped_column(ForeignKey("promotions.id"), primary_key=True)
    le: Mapped[date] = mapped_column(primary_key=True, index=True)


class CodeDePromotion(Model):
    """The permanent code of a promotion, printed on the poster of its classroom."""

    __tablename__ = "codes_de_promotion"

    promotion_id: Mapped[int] = mapped_column(ForeignKey("promotions.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    cree_le: Mapped[datetime] = mapped_column(UTCDateTime)
    annonce_le: Mapped[datetime | None] = mapped_column(UTCDateTime)  # last mail about words that wait

    promotion: Mapped[Promotion] = relationship(viewonly=True)


class Mot(Model):
    """A word that a trainee left for the delegates. Only they read it."""

    __tablename__ = "mots"
    __table_args__ = (
        Index(None, "promotion_id", "id"),
        partial_index("ix_mots_a_lire", "promotion_id", "id", where="lu_le IS NULL"),
        Index(None, "le"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cle: Mapped[str] = mapped_column(String(36), unique=True)  # idempotency key of the form
    promotion_id: Mapped[int] = mapped_column(ForeignKey("promotions.id"))
    texte: Mapped[str] = mapped_column(Text)
    prenom: Mapped[str | None] = mapped_column(String(40))
    le: Mapped[datetime] = mapped_column(UTCDateTime)
    lu_le: Mapped[datetime | None] = mapped_column(UTCDateTime)

    promotion: Mapped[Promotion] = relationship(viewonly=True)
