"""Accounts and their sessions. A role is never a column here: see `annuaire`."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mse.core.database import UTCDateTime
from mse.extensions import Model


class Compte(Model):
    """A person who can sign in. Mail addresses are shown to nobody else."""

    __tablename__ = "comptes"

    id: Mapped[int] = mapped_column(primary_key=True)
    prenom: Mapped[str] = mapped_column(String(80))
    nom: Mapped[str] = mapped_column(String(80))
    courriel: Mapped[str] = mapped_column(String(254), unique=True)
    mot_de_passe: Mapped[str | None] = mapped_column(String(200))  # argon2
    est_animateur: Mapped[bool] = mapped_column(default=False)
    est_administrateur: Mapped[bool] = mapped_column(default=False)
    est_demonstration: Mapped[bool] = mapped_column(default=False)  # production refuses to start beside one
    cree_le: Mapped[datetime] = mapped_column(UTCDateTime)
    active_le: Mapped[datetime | None] = mapped_column(UTCDateTime)  # first chose a password or signed in
    ferme_le: Mapped[datetime | None] = mapped_column(UTCDateTime)

    @property
    def est_ouvert(self) -> bool:
        return self.ferme_le is None

    @property
    def est_equipe(self) -> bool:
        """Of the association's team or the instance's administration."""
        return self.est_animateur or self.est_administrateur

    def __repr__(self) -> str:
        return f"<Compte {self.id}>"


class SessionCompte(Model):
    """One signed-in browser. The cookie holds a random reference, this table its hash."""

    __tablename__ = "sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference_hash: Mapped[str] = mapped_column(String(64), unique=True)
    compte_id: Mapped[int] = mapped_column(ForeignKey("comptes.id", ondelete="CASCADE"), index=True)
    ouverte_le: Mapped[datetime] = mapped_column(UTCDateTime)
    vue_le: Mapped[datetime] = mapped_column(UTCDateTime)
    inactivite_max: Mapped[int]  # seconds without a request after which it is closed
    expire_le: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    fermee_le: Mapped[datetime | None] = mapped_column(UTCDateTime)

    compte: Mapped[Compte] = relationship()


class EchecConnexion(Model):
    """A failed sign-in, counted per account and per address; both as keyed hashes, kept an hour."""

    __tablename__ = "echecs_connexion"
    __table_args__ = (Index(None, "cle", "le"), Index(None, "le"))

    id: Mapped[int] = mapped_column(primary_key=True)
    cle: Mapped[str] = mapped_column(String(64))
    le: Mapped[datetime] = mapped_column(UTCDateTime)
