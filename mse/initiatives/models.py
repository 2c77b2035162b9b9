"""An initiative, who carries it, who takes part, and its history."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mse.annuaire.models import Acteur, Promotion, Territoire, Theme
from mse.comptes.models import Compte
from mse.core.database import UTCDateTime, state
from mse.core.files import Store, Stored
from mse.core.html import sanitize
from mse.core.textes import _
from mse.core.workflow import next_state, possible
from mse.extensions import Model
from mse.fiches.models import Fiche
from mse.initiatives.workflow import OUVERTS, TRANSITIONS, Action, Nature, Statut


class Initiative(Model):
    """A solution that trainees build themselves. It always has a carrier."""

    __tablename__ = "initiatives"
    __table_args__ = (
        CheckConstraint("(retiree_le IS NULL) = (retrait_motif IS NULL)", name="retrait"),
        CheckConstraint("nombre_participants >= 0", name="participants"),
        Index("ix_initiatives_tableau", "statut", "activite_le", "id"),
        Index("ix_initiatives_activite", "activite_le", "id"),
        Index(None, "territoire_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cle: Mapped[str] = mapped_column(String(36), unique=True)  # of the form: a double click is one initiative
    titre: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(Text)
    description_html: Mapped[str] = mapped_column(Text)
    besoins: Mapped[str | None] = mapped_column(Text)
    besoins_html: Mapped[str | None] = mapped_column(Text)
    theme_code: Mapped[str] = mapped_column(ForeignKey("themes.code"))
    territoire_code: Mapped[str] = mapped_column(ForeignKey("territoires.code"))
    statut: Mapped[Statut] = mapped_column(state(Statut), default=Statut.EN_ETUDE)
    proposee_le: Mapped[datetime] = mapped_column(UTCDateTime)
    activite_le: Mapped[datetime] = mapped_column(UTCDateTime)  # last change of status or news
    retiree_le: Mapped[datetime | None] = mapped_column(UTCDateTime)
    retrait_motif: Mapped[str | None] = mapped_column(Text)  # read by its carriers and the animateurs
    nombre_participants: Mapped[int] = mapped_column(default=0)

    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}

    theme: Mapped[Theme] = relationship()
    territoire: Mapped[Territoire] = relationship()
    porteurs: Mapped[list["Porteur"]] = relationship(back_populates="initiative", order_by="Porteur.id")
    lignes: Mapped[list["LigneInitiative"]] = relationship(order_by="LigneInitiative.id")

    @property
    def est_publique(self) -> bool:
        return self.retiree_le is None

    @property
    def est_ouverte(self) -> bool:
        return self.statut in OUVERTS

    @property
    def porteurs_actuels(self) -> list["Porteur"]:
        return [porteur for porteur in self.porteurs if porteur.jusqu_a is None]

    def ecrire(self, *, titre: str, description: str, besoins: str) -> None:
        self.titre = titre
        self.description, self.description_html = description, sanitize(description)
        self.besoins, self.besoins_html = besoins or None, sanitize(besoins) if besoins else None

    def actions_possibles(self) -> list[Action]:
        return possible(TRANSITIONS, self.statut)

    def avancer(self, action: Action, *, le: datetime) -> None:
        self.statut = next_state(TRANSITIONS, self.statut, action, _refus)
        self.activite_le = le


class Porteur(Model):
    """A promotion or an organisme that carries an initiative, since a day; never deleted."""

    __tablename__ = "initiatives_porteurs"
    __table_args__ = (
        CheckConstraint("(promotion_id IS NULL) <> (acteur_id IS NULL)", name="qui"),
        CheckConstraint("jusqu_a IS NULL OR jusqu_a >= depuis", name="ordre"),
        Index(None, "initiative_id"),
        Index(None, "organisme_id"),
        Index(None, "promotion_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiatives.id"))
    promotion_id: Mapped[int | None] = mapped_column(ForeignKey("promotions.id"))
    acteur_id: Mapped[int | None] = mapped_column(ForeignKey("acteurs.id"))
    organisme_id: Mapped[int] = mapped_column(ForeignKey("acteurs.id"))  # of the promotion, or the acteur
    depuis: Mapped[date]
    jusqu_a: Mapped[date | None]  # its last day

    initiative: Mapped[Initiative] = relationship(back_populates="porteurs")
    promotion: Mapped[Promotion | None] = relationship()
    organisme: Mapped[Acteur] = relationship(foreign_keys=[organisme_id])

    @property
    def designation(self) -> str:
        """As the public reads it."""
        return self.promotion.designation if self.promotion else self.organisme.nom


class Participant(Model):
    """Somebody who takes part. The public reads how many, never who."""

    __tablename__ = "initiatives_participants"
    __table_args__ = (Index(None, "compte_id"),)

    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiatives.id"), primary_key=True)
    compte_id: Mapped[int] = mapped_column(ForeignKey("comptes.id", ondelete="CASCADE"), primary_key=True)
    depuis: Mapped[datetime] = mapped_column(UTCDateTime)

    compte: Mapped[Compte] = relationship()


class LigneInitiative(Model):
    """One dated line; never edited. A hidden text leaves its line and the reason."""

    __tablename__ = "initiatives_lignes"
    __table_args__ = (
        CheckConstraint("(nature = 'nouvelle') = (statut IS NULL)", name="ligne"),
        CheckConstraint("(masquee_le IS NULL) = (masquee_motif IS NULL)", name="masquee"),
        Index(None, "initiative_id", "le"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiatives.id"))
    nature: Mapped[Nature] = mapped_column(state(Nature))
    statut: Mapped[Statut | None] = mapped_column(state(Statut))  # from then on
    le: Mapped[datetime] = mapped_column(UTCDateTime)
    auteur_id: Mapped[int | None] = mapped_column(ForeignKey("comptes.id", ondelete="SET NULL"))
    texte: Mapped[str | None] = mapped_column(Text)
    texte_html: Mapped[str | None] = mapped_column(Text)
    masquee_le: Mapped[datetime | None] = mapped_column(UTCDateTime)
    masquee_motif: Mapped[str | None] = mapped_column(Text)


class InitiativeFiche(Model):
    """«Cette initiative répond à …»"""

    __tablename__ = "initiatives_fiches"
    __table_args__ = (UniqueConstraint("initiative_id", "fiche_id"), Index(None, "fiche_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiatives.id"))
    fiche_id: Mapped[int] = mapped_column(ForeignKey("fiches.id"))

    fiche: Mapped[Fiche] = relationship()


class Document(Stored):
    """What an initiative produced: a guide, a list. Public, unlike the files of a fiche."""

    __tablename__ = "initiatives_documents"
    __table_args__ = (
        UniqueConstraint("initiative_id", "empreinte"),  # sent twice, it is there once
        CheckConstraint("taille > 0", name="taille"),
    )
    store = Store("documents")

    id: Mapped[int] = mapped_column(primary_key=True)
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiatives.id"))

    initiative: Mapped[Initiative] = relationship()


def _refus(statut: Statut, _possibles: list[Action]) -> str:
    return {
        Statut.EN_ETUDE: _("Cette initiative est à l’étude."),
        Statut.EN_COURS: _("Cette initiative est en cours de réalisation."),
        Statut.REALISEE: _("Cette initiative est réalisée : rouvrez-la d’abord."),
        Statut.ABANDONNEE: _("Cette initiative est abandonnée : rouvrez-la d’abord."),
    }[statut]
