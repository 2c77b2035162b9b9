"""Who follows what."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mse.annuaire.models import Acteur, Territoire, Theme
from mse.core.database import UTCDateTime, state
from mse.extensions import Model
from mse.fiches.models import Fiche
from mse.suivis.workflow import Objet

COLONNES = {
    Objet.FICHE: "fiche_id",
    Objet.THEME: "theme_code",
    Objet.TERRITOIRE: "territoire_code",
    Objet.ACTEUR: "acteur_id",
}


class Suivi(Model):
    """An account follows one object. Only the column of its kind of object is filled.

    The unique keys begin with the object: they are also the indexes that find its followers in batches.
    """

    __tablename__ = "suivis"
    __table_args__ = (
        *(
            CheckConstraint(f"(objet = '{objet}') = ({colonne} IS NOT NULL)", name=objet.value)
            for objet, colonne in COLONNES.items()
        ),
        *(UniqueConstraint(colonne, "compte_id") for colonne in COLONNES.values()),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cle: Mapped[str] = mapped_column(String(43), unique=True)  # key of the links in its mails
    compte_id: Mapped[int] = mapped_column(ForeignKey("comptes.id", ondelete="CASCADE"), index=True)
    objet: Mapped[Objet] = mapped_column(state(Objet))
    fiche_id: Mapped[int | None] = mapped_column(ForeignKey("fiches.id", ondelete="CASCADE"))
    theme_code: Mapped[str | None] = mapped_column(ForeignKey("themes.code", ondelete="CASCADE"))
    territoire_code: Mapped[str | None] = mapped_column(ForeignKey("territoires.code", ondelete="CASCADE"))
    acteur_id: Mapped[int | None] = mapped_column(ForeignKey("acteurs.id", ondelete="CASCADE"))
    depuis: Mapped[datetime] = mapped_column(UTCDateTime)

    fiche: Mapped[Fiche | None] = relationship()
    theme: Mapped[Theme | None] = relationship()
    territoire: Mapped[Territoire | None] = relationship()
    acteur: Mapped[Acteur | None] = relationship()

    @property
    def nom_public(self) -> str | None:
        """Return the name of the object; None for a fiche that is no longer public."""
        if self.fiche is not None:
            return self.fiche.titre if self.fiche.est_publique else None
        if self.theme is not None:
            return self.theme.libelle
        return next((objet.nom for objet in (self.territoire, self.acteur) if objet is not None), None)
