"""The history of a fiche: étapes, verdicts and requests to reopen."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mse.annuaire.models import Acteur
from mse.core.database import UTCDateTime, partial_index, state
from mse.core.errors import TransitionInterdite
from mse.core.text import _
from mse.core.workflow import next_state
from mse.extensions import Model
from mse.fiches.workflow import DEMANDES, Decision, EtatDemande, NatureEtape, Valeur

if TYPE_CHECKING:
    from mse.fiches.models.fiche import Fiche


class Etape(Model):
    """One dated line of the history, never edited. If its text is hidden, the line and the reason stay."""

    __tablename__ = "etapes"
    __table_args__ = (
        CheckConstraint("(masquee_le IS NULL) = (masquee_motif IS NULL)", name="masquee"),
        CheckConstraint("valeur IS NULL OR nature = 'avis'", name="verdict"),
        Index(None, "fiche_id", "id"),
        Index(None, "saisine_id"),
        Index(None, "le", "id"),  # the news of a day, for those who follow
        partial_index("ix_etapes_repondues", "auteur_id", "le", "id", where="jours_ouvres IS NOT NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fiche_id: Mapped[int] = mapped_column(ForeignKey("fiches.id"))
    saisine_id: Mapped[int | None] = mapped_column(ForeignKey("saisines.id"))
    nature: Mapped[NatureEtape] = mapped_column(state(NatureEtape))
    le: Mapped[datetime] = mapped_column(UTCDateTime)
    auteur_id: Mapped[int | None] = mapped_column(ForeignKey("comptes.id"))  # never shown to the public
    acteur_id: Mapped[int | None] = mapped_column(
        ForeignKey("acteurs.id")
    )  # acteur in whose name it was written; None: see `nature`
    texte: Mapped[str | None] = mapped_column(Text)
    texte_html: Mapped[str | None] = mapped_column(Text)
    valeur: Mapped[Valeur | None] = mapped_column(state(Valeur))  # if it is a verdict
    jours_ouvres: Mapped[int | None]  # of an answer: working days since the saisine opened
    nombre_pieces: Mapped[int] = mapped_column(default=0, server_default="0")  # files of an answer
    corrigee_le: Mapped[datetime | None] = mapped_column(UTCDateTime)  # a passage was masked, or shown again
    masquee_le: Mapped[datetime | None] = mapped_column(UTCDateTime)
    masquee_motif: Mapped[str | None] = mapped_column(Text)  # public reason, shown instead of the text

    fiche: Mapped["Fiche"] = relationship(viewonly=True)
    acteur: Mapped[Acteur | None] = relationship(viewonly=True)


class Avis(Model):
    """The delegates' verdict on an answer. One per answer round, changeable until the next round."""

    __tablename__ = "avis"
    __table_args__ = (
        UniqueConstraint("saisine_id", "tour"),
        CheckConstraint("valeur <> 'non' OR commentaire IS NOT NULL", name="commentaire"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    saisine_id: Mapped[int] = mapped_column(ForeignKey("saisines.id"))
    tour: Mapped[int]
    valeur: Mapped[Valeur] = mapped_column(state(Valeur))
    commentaire: Mapped[str | None] = mapped_column(Text)
    commentaire_html: Mapped[str | None] = mapped_column(Text)
    auteur_id: Mapped[int] = mapped_column(ForeignKey("comptes.id"))
    le: Mapped[datetime] = mapped_column(UTCDateTime)


class DemandeReouverture(Model):
    """A delegate's request to reopen. The owner has 5 working days, then an animateur decides."""

    __tablename__ = "demandes_reouverture"
    __table_args__ = (
        Index(None, "saisine_id"),
        Index(None, "etat", "decision_due"),
        Index(
            "uq_demandes_reouverture_ouverte",
            "saisine_id",
            unique=True,
            sqlite_where=text("etat IN ('demandee', 'contestee')"),
            postgresql_where=text("etat IN ('demandee', 'contestee')"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    saisine_id: Mapped[int] = mapped_column(ForeignKey("saisines.id"))
    etat: Mapped[EtatDemande] = mapped_column(state(EtatDemande), default=EtatDemande.DEMANDEE)
    tour: Mapped[int]  # the answer round that it contests
    demandee_le: Mapped[datetime] = mapped_column(UTCDateTime)
    decision_due: Mapped[date]

    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}

    @property
    def est_ouverte(self) -> bool:
        return self.etat in (EtatDemande.DEMANDEE, EtatDemande.CONTESTEE)

    @property
    def est_contestee(self) -> bool:
        return self.etat == EtatDemande.CONTESTEE

    def echappe_au_responsable(self, le: date) -> bool:
        """True if contested or past the owner's deadline. The owner may still accept, but not decline."""
        return self.est_contestee or (self.etat == EtatDemande.DEMANDEE and le > self.decision_due)

    def exige_animateur(self, *, attend: bool) -> None:
        """Raise `TransitionInterdite` unless `attend` is True. Callers pass `Saisine.attend_animateur`."""
        if attend:
            return
        if self.etat == EtatDemande.DEMANDEE:
            raise TransitionInterdite(
                _("Le responsable de la fiche a encore du temps pour répondre à cette demande.")
            )
        raise TransitionInterdite(_refus(self.etat, []))

    def decider(self, decision: Decision) -> None:
        self.etat = self.exige(decision)

    def exige(self, decision: Decision) -> EtatDemande:
        """Return the state after `decision`. Raise `TransitionInterdite` if the state forbids it."""
        return next_state(DEMANDES, self.etat, decision, _refus)


def _refus(etat: EtatDemande, _possibles: list[Decision]) -> str:
    return {
        EtatDemande.DEMANDEE: _("Cette demande de réouverture attend encore une réponse."),
        EtatDemande.ACCEPTEE: _("Cette demande de réouverture a déjà été acceptée."),
        EtatDemande.REFUSEE: _(
            "Cette demande de réouverture a été refusée ; elle peut être contestée une fois."
        ),
        EtatDemande.CONTESTEE: _("Ce refus est déjà contesté : l’équipe d’animation va décider."),
        EtatDemande.REJETEE: _("L’équipe d’animation a déjà décidé de ne pas rouvrir."),
    }[etat]
