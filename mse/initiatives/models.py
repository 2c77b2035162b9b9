"""An initiative, its porteurs, participants, history, linked fiches and documents."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from mse.annuaire.models import Acteur, Territoire, Theme
from mse.comptes.models import Compte
from mse.core.database import UTCDateTime, state
from mse.core.files import Store, Stored
from mse.core.html import sanitize
from mse.core.text import _
from mse.core.workflow import next_state, possible
from mse.extensions import Model
from mse.fiches.models import Fiche
from mse.initiatives.workflow import (
    OUVERTS,
    PORTAGES,
    TRANSITIONS,
    Action,
    DecisionPortage,
    EtatPortage,
    Nature,
    Statut,
)
from mse.representation.models import Promotion


class Initiative(Model):
    """A solution that trainees build themselves. It always has a porteur."""

    __tablename__ = "initiatives"
    __table_args__ = (
        CheckConstraint("(retiree_le IS NULL) = (retrait_motif IS NULL)", name="retrait"),
        CheckConstraint("nombre_participants >= 0", name="participants"),
        Index("ix_initiatives_tableau", "statut", "activite_le", "id"),
        Index("ix_initiatives_activite", "activite_le", "id"),
        Index(None, "territoire_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cle: Mapped[str] = mapped_column(String(36), unique=True)  # idempotency key of the form (double click)
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
    retrait_motif: Mapped[str | None] = mapped_column(Text)  # read by its porteurs and the animateurs
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
    def est_abandonnee(self) -> bool:
        return self.statut == Statut.ABANDONNEE

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
        self.statut = next_state(TRANSITIONS, self.statut, action, _refusal_of_action)
        self.activite_le = le


class _Equipe:
    """Columns shared by a porteur and a request to become one: a promotion or an organisme."""

    promotion_id: Mapped[int | None] = mapped_column(ForeignKey("promotions.id"))
    acteur_id: Mapped[int | None] = mapped_column(ForeignKey("acteurs.id"))
    organisme_id: Mapped[int] = mapped_column(ForeignKey("acteurs.id"))  # that of the promotion, or itself

    @declared_attr
    def promotion(self) -> Mapped[Promotion | None]:
        return relationship()

    @declared_attr
    def organisme(self) -> Mapped[Acteur]:
        return relationship(foreign_keys=[self.organisme_id])  # type: ignore[list-item]

    @property
    def equipe(self) -> Promotion | Acteur:
        return self.promotion or self.organisme

    @property
    def designation(self) -> str:
        """Return the public name."""
        return self.promotion.designation if self.promotion else self.organisme.nom


class Porteur(_Equipe, Model):
    """A promotion or an organisme responsible for an initiative from `depuis` to `jusqu_a`; never deleted."""

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
    depuis: Mapped[date]
    jusqu_a: Mapped[date | None]  # last day as a porteur

    initiative: Mapped[Initiative] = relationship(back_populates="porteurs")


_ATTEND = text("etat = 'attend'")


class DemandePortage(_Equipe, Model):
    """A request to become a porteur of an initiative, decided by a current porteur or an animateur.

    It belongs to the promotion, not to the person who sent it: a new delegate finds it. At most one is
    pending for each promotion or organisme. It lapses when the course ends or the organisme closes.
    """

    __tablename__ = "initiatives_demandes"
    __table_args__ = (
        CheckConstraint("(promotion_id IS NULL) <> (acteur_id IS NULL)", name="qui"),
        CheckConstraint("(etat = 'attend') = (decidee_le IS NULL)", name="decidee"),
        CheckConstraint("(etat = 'declinee') = (mot IS NOT NULL)", name="mot"),
        Index(
            "ix_initiatives_demandes_promotion",
            "initiative_id",
            "promotion_id",
            unique=True,
            sqlite_where=_ATTEND,
            postgresql_where=_ATTEND,
        ),
        Index(
            "ix_initiatives_demandes_acteur",
            "initiative_id",
            "acteur_id",
            unique=True,
            sqlite_where=_ATTEND,
            postgresql_where=_ATTEND,
        ),
        Index(None, "organisme_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiatives.id"))
    etat: Mapped[EtatPortage] = mapped_column(state(EtatPortage), default=EtatPortage.ATTEND)
    demandee_le: Mapped[datetime] = mapped_column(UTCDateTime)
    demandeur_id: Mapped[int | None] = mapped_column(ForeignKey("comptes.id", ondelete="SET NULL"))
    decidee_le: Mapped[datetime | None] = mapped_column(UTCDateTime)
    mot: Mapped[str | None] = mapped_column(Text)  # reason of the refusal, shown to the requesters

    initiative: Mapped[Initiative] = relationship()
    demandeur: Mapped[Compte | None] = relationship()

    def attend(self, le: date) -> bool:
        """True if the request is pending, the initiative public and the requesters still active."""
        return (
            self.etat == EtatPortage.ATTEND and self.initiative.est_publique and est_active(self.equipe, le)
        )

    def decider(self, decision: DecisionPortage, *, le: datetime, mot: str | None = None) -> None:
        self.etat = next_state(PORTAGES, self.etat, decision, _refusal_of_decision)
        self.decidee_le, self.mot = le, mot


def est_active(equipe: Promotion | Acteur, le: date) -> bool:
    """True for a promotion until its course ends, for an organisme until it closes."""
    return equipe.fin >= le if isinstance(equipe, Promotion) else not equipe.est_ferme


class Participant(Model):
    """A person who takes part in an initiative. The public sees the number of participants, never their
    names."""

    __tablename__ = "initiatives_participants"
    __table_args__ = (Index(None, "compte_id"),)

    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiatives.id"), primary_key=True)
    compte_id: Mapped[int] = mapped_column(ForeignKey("comptes.id", ondelete="CASCADE"), primary_key=True)
    depuis: Mapped[datetime] = mapped_column(UTCDateTime)

    compte: Mapped[Compte] = relationship()


class LigneInitiative(Model):
    """One dated line of the history, never edited. When its text is hidden, the line and the reason stay."""

    __tablename__ = "initiatives_lignes"
    __table_args__ = (
        CheckConstraint("(nature = 'nouvelle') = (statut IS NULL)", name="ligne"),
        CheckConstraint("(masquee_le IS NULL) = (masquee_motif IS NULL)", name="masquee"),
        Index(None, "initiative_id", "le"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiatives.id"))
    nature: Mapped[Nature] = mapped_column(state(Nature))
    statut: Mapped[Statut | None] = mapped_column(state(Statut))  # status from this line on
    le: Mapped[datetime] = mapped_column(UTCDateTime)
    auteur_id: Mapped[int | None] = mapped_column(ForeignKey("comptes.id", ondelete="SET NULL"))
    texte: Mapped[str | None] = mapped_column(Text)
    texte_html: Mapped[str | None] = mapped_column(Text)
    masquee_le: Mapped[datetime | None] = mapped_column(UTCDateTime)
    masquee_motif: Mapped[str | None] = mapped_column(Text)


class InitiativeFiche(Model):
    """A link to a fiche that the initiative answers: «Cette initiative répond à …»."""

    __tablename__ = "initiatives_fiches"
    __table_args__ = (UniqueConstraint("initiative_id", "fiche_id"), Index(None, "fiche_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiatives.id"))
    fiche_id: Mapped[int] = mapped_column(ForeignKey("fiches.id"))

    fiche: Mapped[Fiche] = relationship()


class Document(Stored):
    """A document that an initiative produced (guide, list). Public, unlike the attachments of a fiche."""

    __tablename__ = "initiatives_documents"
    __table_args__ = (
        UniqueConstraint("initiative_id", "empreinte"),  # a file sent twice is stored once
        CheckConstraint("taille > 0", name="taille"),
    )
    store = Store("documents")

    id: Mapped[int] = mapped_column(primary_key=True)
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiatives.id"))

    initiative: Mapped[Initiative] = relationship()


def _refusal_of_action(statut: Statut, _possibles: list[Action]) -> str:
    return {
        Statut.EN_ETUDE: _("Cette initiative est à l’étude."),
        Statut.EN_COURS: _("Cette initiative est en cours de réalisation."),
        Statut.REALISEE: _("Cette initiative est réalisée : rouvrez-la d’abord."),
        Statut.ABANDONNEE: _("Cette initiative est abandonnée : rouvrez-la d’abord."),
    }[statut]


def _refusal_of_decision(etat: EtatPortage, _possibles: list[DecisionPortage]) -> str:
    return {
        EtatPortage.ACCEPTEE: _("Cette demande a déjà été acceptée."),
        EtatPortage.DECLINEE: _("Cette demande a déjà été déclinée."),
        EtatPortage.RETIREE: _("Cette demande a été retirée entre-temps."),
    }[etat]
