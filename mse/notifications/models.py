"""The outbox: events stored by the transaction that records them, then one row for each mail."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from mse.core.database import UTCDateTime
from mse.extensions import Model


class Courriel(Model):
    """One mail to one address. Its content and its address are purged; its status stays."""

    __tablename__ = "courriels"
    __table_args__ = (
        Index(
            "ix_courriels_a_envoyer",
            "prochain_essai_le",
            "id",
            sqlite_where=text("envoye_le IS NULL AND abandonne_le IS NULL"),
            postgresql_where=text("envoye_le IS NULL AND abandonne_le IS NULL"),
        ),
        Index(
            "ix_courriels_urgents",
            "expire_le",
            "id",
            sqlite_where=text("envoye_le IS NULL AND abandonne_le IS NULL AND expire_le IS NOT NULL"),
            postgresql_where=text("envoye_le IS NULL AND abandonne_le IS NULL AND expire_le IS NOT NULL"),
        ),
        Index(
            "ix_courriels_a_purger",
            "envoye_le",
            sqlite_where=text("destinataire IS NOT NULL"),
            postgresql_where=text("destinataire IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(String(200), unique=True)  # identical at each attempt
    evenement: Mapped[str] = mapped_column(String(60))
    destinataire: Mapped[str | None] = mapped_column(String(254))
    sujet: Mapped[str | None] = mapped_column(String(250))
    texte: Mapped[str | None] = mapped_column(Text)
    html: Mapped[str | None] = mapped_column(Text)
    cree_le: Mapped[datetime] = mapped_column(UTCDateTime)
    prochain_essai_le: Mapped[datetime] = mapped_column(UTCDateTime)
    reservee_jusqu_a: Mapped[datetime | None] = mapped_column(UTCDateTime)
    essais: Mapped[int] = mapped_column(default=0)
    envoye_le: Mapped[datetime | None] = mapped_column(UTCDateTime)
    abandonne_le: Mapped[datetime | None] = mapped_column(UTCDateTime)  # `erreur` contains the reason
    expire_le: Mapped[datetime | None] = mapped_column(UTCDateTime)  # expiry of its secret link
    desabonnement: Mapped[str | None] = mapped_column(String(300))  # unsubscribe URL, for subscriptions
    erreur: Mapped[str | None] = mapped_column(String(250))


class Annonce(Model):
    """An event whose mails are still to be written; deleted once they are."""

    __tablename__ = "annonces"
    __table_args__ = (
        Index(None, "prochain_essai_le", "id"),
        Index(None, "evenement", "prochain_essai_le", "id"),  # the next urgent one
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    evenement: Mapped[str] = mapped_column(String(60))  # the name of its class
    charge: Mapped[dict[str, Any]] = mapped_column(JSON)  # its fields: ids
    notee_le: Mapped[datetime] = mapped_column(UTCDateTime)
    prochain_essai_le: Mapped[datetime] = mapped_column(UTCDateTime)
    essais: Mapped[int] = mapped_column(default=0)


class Battement(Model):
    """Heartbeat of the worker, written every minute and read by `/healthz`."""

    __tablename__ = "battements"

    nom: Mapped[str] = mapped_column(String(40), primary_key=True)
    vu_le: Mapped[datetime] = mapped_column(UTCDateTime)
