"""Tables of follows: which account, or which e-mail address, follows which object."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mse.annuaire.models import Acteur, Territoire, Theme
from mse.core.database import UTCDateTime, partial_index, state
from mse.extensions import Model
from mse.fiches.models import Fiche
from mse.suivis.workflow import Objet

COLONNES = {
    Objet.FICHE: "fiche_id",
    Objet.THEME: "theme_code",
    Objet.TERRITOIRE: "territoire_code",
    Objet.ACTEUR: "acteur_id",
}

ATTEND = "abonne_id IS NOT NULL AND confirme_le IS NULL"  # the owner of the address has not confirmed yet


class Abonne(Model):
    """An e-mail address that follows without an account. Deleted with the last thing that it follows."""

    __tablename__ = "abonnes"

    id: Mapped[int] = mapped_column(primary_key=True)
    cle: Mapped[str] = mapped_column(String(43), unique=True)  # key of the links about everything it follows
    courriel: Mapped[str] = mapped_column(String(254), unique=True)
    resume_le: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)  # told up to this instant
    # Last time that its owner pressed a button; None before the first confirmation.
    renouvele_le: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)
    rappel_le: Mapped[datetime | None] = mapped_column(UTCDateTime)  # asked to stay since then


class Suivi(Model):
    """An account, or an address, follows one object. Only the column of its kind of object is filled.

    The unique keys begin with the object: those of accounts are also the indexes that find the followers of
    an object in batches.
    """

    __tablename__ = "suivis"
    __table_args__ = (
        *(
            CheckConstraint(f"(objet = '{objet}') = ({colonne} IS NOT NULL)", name=objet.value)
            for objet, colonne in COLONNES.items()
        ),
        *(UniqueConstraint(colonne, "compte_id") for colonne in COLONNES.values()),
        *(UniqueConstraint(colonne, "abonne_id") for colonne in COLONNES.values()),
        Index(
            "uq_suivis_bulletins",
            "abonne_id",
            unique=True,
            sqlite_where=text("objet = 'bulletins'"),
            postgresql_where=text("objet = 'bulletins'"),
        ),
        CheckConstraint("(compte_id IS NULL) <> (abonne_id IS NULL)", name="un_suiveur"),
        CheckConstraint("compte_id IS NULL OR confirme_le IS NULL", name="confirme"),
        CheckConstraint("objet <> 'bulletins' OR compte_id IS NULL", name="bulletins"),
        partial_index("ix_suivis_a_confirmer", "depuis", where=ATTEND),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cle: Mapped[str] = mapped_column(String(43), unique=True)  # key of the links in its mails
    compte_id: Mapped[int | None] = mapped_column(ForeignKey("comptes.id", ondelete="CASCADE"), index=True)
    abonne_id: Mapped[int | None] = mapped_column(ForeignKey("abonnes.id", ondelete="CASCADE"), index=True)
    objet: Mapped[Objet] = mapped_column(state(Objet))
    fiche_id: Mapped[int | None] = mapped_column(ForeignKey("fiches.id", ondelete="CASCADE"))
    theme_code: Mapped[str | None] = mapped_column(ForeignKey("themes.code", ondelete="CASCADE"))
    territoire_code: Mapped[str | None] = mapped_column(ForeignKey("territoires.code", ondelete="CASCADE"))
    acteur_id: Mapped[int | None] = mapped_column(ForeignKey("acteurs.id", ondelete="CASCADE"))
    depuis: Mapped[datetime] = mapped_column(UTCDateTime)  # for an address: last request
    confirme_le: Mapped[datetime | None] = mapped_column(UTCDateTime)  # by the owner of the address

    abonne: Mapped[Abonne | None] = relationship()
    fiche: Mapped[Fiche | None] = relationship()
    theme: Mapped[Theme | None] = relationship()
    territoire: Mapped[Territoire | None] = relationship()
    acteur: Mapped[Acteur | None] = relationship()

    @property
    def nom_public(self) -> str | None:
        """Return the name of the object; None for bulletins and for a fiche that is no longer public."""
        if self.fiche is not None:
            return self.fiche.titre if self.fiche.est_publique else None
        if self.theme is not None:
            return self.theme.libelle
        return next((objet.nom for objet in (self.territoire, self.acteur) if objet is not None), None)
