"""Tables of the outbox, of notifications and of reception preferences.

The transaction of a use case stores its events; the worker then writes one row for each mail.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mse.core.database import UTCDateTime, partial_index, state
from mse.extensions import Model
from mse.fiches.models import Etape, Fiche
from mse.initiatives.models import Initiative, LigneInitiative
from mse.notifications.reception import Famille, Rythme


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


class Notification(Model):
    """An event that an account was told of. It holds no words of the event, only ids: a hidden text, or the
    title of a withdrawn fiche, disappears from the centre and from later digests."""

    __tablename__ = "notifications"
    __table_args__ = (
        Index(None, "compte_id", "creee_le", "id"),
        partial_index("ix_notifications_non_lues", "compte_id", where="lue_le IS NULL"),
        partial_index("ix_notifications_a_resumer", "compte_id", where="a_resumer AND lue_le IS NULL"),
        Index(None, "creee_le"),
        Index(None, "fiche_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    compte_id: Mapped[int] = mapped_column(ForeignKey("comptes.id", ondelete="CASCADE"))
    evenement: Mapped[str] = mapped_column(String(60))
    famille: Mapped[Famille] = mapped_column(state(Famille))
    rythme: Mapped[Rythme] = mapped_column(state(Rythme))  # chosen by the person when it was written
    fiche_id: Mapped[int | None] = mapped_column(ForeignKey("fiches.id", ondelete="CASCADE"))
    etape_id: Mapped[int | None] = mapped_column(ForeignKey("etapes.id"))
    initiative_id: Mapped[int | None] = mapped_column(ForeignKey("initiatives.id"))
    ligne_id: Mapped[int | None] = mapped_column(ForeignKey("initiatives_lignes.id"))
    chemin: Mapped[str] = mapped_column(String(300))  # path of the page to open
    creee_le: Mapped[datetime] = mapped_column(UTCDateTime)
    lue_le: Mapped[datetime | None] = mapped_column(UTCDateTime)
    a_resumer: Mapped[bool] = mapped_column(default=False)  # waits for a digest

    fiche: Mapped[Fiche | None] = relationship(viewonly=True)
    etape: Mapped[Etape | None] = relationship(viewonly=True)
    initiative: Mapped[Initiative | None] = relationship(viewonly=True)
    ligne: Mapped[LigneInitiative | None] = relationship(viewonly=True)


class Reception(Model):
    """How often a person wants to be told of a family. Without a row, the default of the family."""

    __tablename__ = "receptions"

    compte_id: Mapped[int] = mapped_column(ForeignKey("comptes.id", ondelete="CASCADE"), primary_key=True)
    famille: Mapped[Famille] = mapped_column(state(Famille), primary_key=True)
    rythme: Mapped[Rythme] = mapped_column(state(Rythme))


class HeureDeResume(Model):
    """The local hour at which a person gets the digest. Without a row, the default."""

    __tablename__ = "heures_de_resume"
    __table_args__ = (CheckConstraint("heure BETWEEN 0 AND 23", name="heure"),)

    compte_id: Mapped[int] = mapped_column(ForeignKey("comptes.id", ondelete="CASCADE"), primary_key=True)
    heure: Mapped[int]


class Resume(Model):
    """A digest that was written. Its key allows one digest for each person and day, whatever crashes."""

    __tablename__ = "resumes"

    compte_id: Mapped[int] = mapped_column(ForeignKey("comptes.id", ondelete="CASCADE"), primary_key=True)
    jour: Mapped[date] = mapped_column(primary_key=True, index=True)
    ecrit_le: Mapped[datetime] = mapped_column(UTCDateTime)
