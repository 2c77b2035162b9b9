"""Reminders, and the mails that group them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mse.annuaire.models import Acteur
from mse.comptes.models import Compte
from mse.core.database import UTCDateTime, state
from mse.extensions import Model
from mse.fiches.models import Saisine
from mse.relances.workflow import Palier

_A_LA_MAIN, _ECHELLE = "palier = 'manuelle'", "palier <> 'manuelle'"


class Relance(Model):
    """One reminder about a due date: a step of the ladder, recorded once, or a reminder by hand, at most one
    a day."""

    __tablename__ = "relances"
    __table_args__ = (
        CheckConstraint("(palier = 'manuelle') = (par_id IS NOT NULL)", name="a_la_main"),
        Index(
            "uq_relances_echelle",
            "saisine_id",
            "echeance",
            "palier",
            unique=True,
            sqlite_where=text(_ECHELLE),
            postgresql_where=text(_ECHELLE),
        ),
        Index(
            "uq_relances_a_la_main",
            "saisine_id",
            "jour",
            unique=True,
            sqlite_where=text(_A_LA_MAIN),
            postgresql_where=text(_A_LA_MAIN),
        ),
        Index(None, "jour"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    saisine_id: Mapped[int] = mapped_column(ForeignKey("saisines.id"))
    echeance: Mapped[date]  # the due date that it is about: once moved, the ladder starts anew
    palier: Mapped[Palier] = mapped_column(state(Palier))
    jour: Mapped[date]  # local day on which its mail leaves
    le: Mapped[datetime] = mapped_column(UTCDateTime)
    par_id: Mapped[int | None] = mapped_column(ForeignKey("comptes.id"))  # who reminded by hand

    saisine: Mapped[Saisine] = relationship()


class EnvoiRelances(Model):
    """The mail with all reminders of a day to one recipient: a person, or the mailbox of an acteur without
    agent."""

    __tablename__ = "envois_relances"
    __table_args__ = (
        CheckConstraint("(compte_id IS NULL) <> (acteur_id IS NULL)", name="un_destinataire"),
        UniqueConstraint("compte_id", "jour"),
        UniqueConstraint("acteur_id", "jour"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    compte_id: Mapped[int | None] = mapped_column(ForeignKey("comptes.id", ondelete="CASCADE"))
    acteur_id: Mapped[int | None] = mapped_column(ForeignKey("acteurs.id"))
    jour: Mapped[date]

    compte: Mapped[Compte | None] = relationship()
    acteur: Mapped[Acteur | None] = relationship()


class TourneeRelances(Model):
    """A local day whose reminders are all recorded and whose mails are all announced."""

    __tablename__ = "tournees_relances"

    jour: Mapped[date] = mapped_column(primary_key=True)
    finie_le: Mapped[datetime] = mapped_column(UTCDateTime)
