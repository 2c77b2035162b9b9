"""The fiche: a problem, its causes, its consequences and a solution, written by delegates."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mse.annuaire.models import Territoire, Theme
from mse.comptes.models import Compte
from mse.core.database import UTCDateTime, partial_index, state
from mse.core.errors import TransitionInterdite
from mse.core.html import sanitize
from mse.core.text import _
from mse.core.workflow import next_state
from mse.extensions import Model
from mse.fiches.workflow import PUBLICATIONS, Moderation, Publication, Statut, derive_statut
from mse.representation.models import Promotion

if TYPE_CHECKING:
    from mse.fiches.models.etape import Etape
    from mse.fiches.models.saisine import Saisine

PARTIES = ("probleme", "causes", "consequences", "solution")


class Fiche(Model):
    """A fiche belongs to its promotion. Its text is never edited once it is filed."""

    __tablename__ = "fiches"
    __table_args__ = (
        CheckConstraint("publication = 'brouillon' OR deposee_le IS NOT NULL", name="deposee"),
        CheckConstraint("effectif_concerne > 0", name="effectif"),
        partial_index("ix_fiches_publiques", "deposee_le", "id", where="publication = 'publiee'"),
        partial_index(
            "ix_fiches_par_theme", "theme_code", "deposee_le", "id", where="publication = 'publiee'"
        ),
        partial_index("ix_fiches_par_statut", "statut", "deposee_le", "id", where="publication = 'publiee'"),
        partial_index("ix_fiches_par_reponse", "derniere_reponse_le", "id", where="publication = 'publiee'"),
        partial_index("ix_fiches_moderees", "publication", "deposee_le", where="publication <> 'publiee'"),
        partial_index(
            "ix_fiches_a_orienter",
            "publication",  # compared: so SQLite prefers it to the index of all public fiches
            "deposee_le",
            "id",
            where="publication = 'publiee' AND NOT est_orientee",
        ),
        Index(None, "promotion_id", "publication"),
        CheckConstraint("reunie_a_id <> id", name="reunie"),
        partial_index("ix_fiches_reunies", "reunie_a_id", "id", where="reunie_a_id IS NOT NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cle: Mapped[str] = mapped_column(
        String(36), unique=True
    )  # idempotency key of the form: a double click creates one fiche
    publication: Mapped[Publication] = mapped_column(state(Publication), default=Publication.BROUILLON)
    promotion_id: Mapped[int] = mapped_column(ForeignKey("promotions.id"))
    auteur_id: Mapped[int] = mapped_column(ForeignKey("comptes.id"), index=True)
    theme_code: Mapped[str | None] = mapped_column(ForeignKey("themes.code"))
    territoire_code: Mapped[str] = mapped_column(ForeignKey("territoires.code"), index=True)
    titre: Mapped[str] = mapped_column(String(120), default="")
    probleme: Mapped[str] = mapped_column(Text, default="")
    probleme_html: Mapped[str] = mapped_column(Text, default="")
    causes: Mapped[str] = mapped_column(Text, default="")
    causes_html: Mapped[str] = mapped_column(Text, default="")
    consequences: Mapped[str] = mapped_column(Text, default="")
    consequences_html: Mapped[str] = mapped_column(Text, default="")
    solution: Mapped[str] = mapped_column(Text, default="")
    solution_html: Mapped[str] = mapped_column(Text, default="")
    effectif_concerne: Mapped[int | None]
    destinataires: Mapped[list[int] | None] = mapped_column(
        JSON
    )  # acteur ids ticked by the delegate; None: the routing proposal
    nombre_initiatives: Mapped[int] = mapped_column(default=0, server_default="0")  # linked to it
    nombre_reperes: Mapped[int] = mapped_column(default=0, server_default="0")  # published, linked to it
    nombre_pieces: Mapped[int] = mapped_column(default=0)  # the public sees only this number
    nombre_participants: Mapped[int] = mapped_column(default=0, server_default="0")  # of its class, at filing
    # Other promotions that have this problem, and their people: those that support it or a fiche merged
    # into it, and those that wrote such a fiche. Written by `mse.soutiens`.
    nombre_soutiens: Mapped[int] = mapped_column(default=0, server_default="0")
    personnes_aussi: Mapped[int] = mapped_column(default=0, server_default="0")
    # The main fiche of its group, which readers see instead of this one. Written by `mse.doublons`.
    reunie_a_id: Mapped[int | None] = mapped_column(ForeignKey("fiches.id"))
    nombre_reunies: Mapped[int] = mapped_column(default=0, server_default="0")  # fiches merged into it
    motif_moderation: Mapped[str | None] = mapped_column(Text)  # read by its delegates and the moderators
    creee_le: Mapped[datetime] = mapped_column(UTCDateTime)
    modifiee_le: Mapped[datetime] = mapped_column(UTCDateTime)
    deposee_le: Mapped[datetime | None] = mapped_column(UTCDateTime)

    # Derived values for lists. Only `actualiser` writes them, except `est_comptee`.
    statut: Mapped[Statut] = mapped_column(state(Statut), default=Statut.EN_COURS)
    est_orientee: Mapped[bool] = mapped_column(default=False)
    est_comptee: Mapped[bool] = mapped_column(default=False)  # published at least once, even if withdrawn
    prochaine_echeance: Mapped[date | None]  # earliest due date of a missing answer
    repondue_le: Mapped[datetime | None] = mapped_column(
        UTCDateTime
    )  # first detailed answer: the fiche is treated
    derniere_reponse_le: Mapped[datetime | None] = mapped_column(UTCDateTime)

    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}

    # Read-only relationships are `viewonly`, because a flush inspects all writable ones.
    promotion: Mapped[Promotion] = relationship(viewonly=True)
    auteur: Mapped[Compte] = relationship(viewonly=True)
    theme: Mapped[Theme | None] = relationship(viewonly=True)
    territoire: Mapped[Territoire] = relationship(viewonly=True)
    saisines: Mapped[list["Saisine"]] = relationship(back_populates="fiche", order_by="Saisine.id")
    etapes: Mapped[list["Etape"]] = relationship(viewonly=True, order_by="Etape.id")

    @property
    def est_brouillon(self) -> bool:
        return self.publication == Publication.BROUILLON

    @property
    def est_retenue(self) -> bool:
        """True while an animateur has to read the fiche before its publication."""
        return self.publication == Publication.RETENUE

    @property
    def est_retiree(self) -> bool:
        return self.publication == Publication.RETIREE

    @property
    def est_publique(self) -> bool:
        return self.publication == Publication.PUBLIEE

    @property
    def est_reunie(self) -> bool:
        """True while the fiche is merged into another one. It stays public: its owners still owe an
        answer."""
        return self.reunie_a_id is not None

    @property
    def est_traitee(self) -> bool:
        """True if at least one saisine of the fiche has a detailed answer, given by répondre or régler
        (glossary: fiche traitée)."""
        return self.repondue_le is not None

    def ecrire(self, partie: str, texte: str) -> None:
        """Set one of the four parts and its HTML."""
        setattr(self, partie, texte)
        setattr(self, f"{partie}_html", sanitize(texte))

    def moderer(self, action: Moderation) -> None:
        """Change the publication state, and its copy `est_publique` in the saisines. A fiche has no saisine
        before it is published."""
        self.publication = self.exige(action)
        for saisine in self.saisines if self.est_comptee else ():
            saisine.est_publique = self.est_publique

    def exige(self, action: Moderation) -> Publication:
        """Return the publication state after `action`, or raise `TransitionInterdite`."""
        return next_state(PUBLICATIONS, self.publication, action, _refus)

    def exige_orientee(self) -> None:
        """Raise `TransitionInterdite` if the fiche has no owner yet: an animateur chooses the first ones."""
        if not self.est_orientee:
            raise TransitionInterdite(
                _("Cette fiche n’a pas encore de responsable : choisissez qui peut agir.")
            )

    def exige_sans_responsable(self) -> None:
        if self.est_orientee:
            raise TransitionInterdite(_("Cette fiche a déjà un responsable."))

    def actualiser(self) -> None:
        """Recompute the values derived from the saisines. No other code writes them."""
        self.statut = derive_statut([saisine.statut for saisine in self.saisines])
        self.est_orientee = bool(self.saisines)
        ouvertes = [saisine.reponse_due for saisine in self.saisines if saisine.statut == Statut.EN_COURS]
        self.prochaine_echeance = min(ouvertes, default=None)
        repondues = [saisine.repondue_le for saisine in self.saisines if saisine.repondue_le]
        self.repondue_le = min(repondues, default=None)
        reponses = [saisine.derniere_reponse_le for saisine in self.saisines if saisine.derniere_reponse_le]
        self.derniere_reponse_le = max(reponses, default=None)


class FicheTerritoire(Model):
    """A published fiche under its territoire and each ancestor, so that lists by territoire need no sort."""

    __tablename__ = "fiches_territoires"
    __table_args__ = (
        Index(None, "territoire_code", "deposee_le", "fiche_id"),
        Index("ix_fiches_territoires_par_theme", "territoire_code", "theme_code", "deposee_le", "fiche_id"),
    )

    fiche_id: Mapped[int] = mapped_column(ForeignKey("fiches.id", ondelete="CASCADE"), primary_key=True)
    territoire_code: Mapped[str] = mapped_column(ForeignKey("territoires.code"), primary_key=True)
    theme_code: Mapped[str] = mapped_column(ForeignKey("themes.code"))  # copied: one index for both filters
    deposee_le: Mapped[datetime] = mapped_column(UTCDateTime)


def _refus(etat: Publication, _possibles: list[Moderation]) -> str:
    return {
        Publication.BROUILLON: _("Cette fiche est encore un brouillon."),
        Publication.RETENUE: _("Cette fiche attend déjà une relecture."),
        Publication.PUBLIEE: _("Cette fiche est déjà publiée."),
        Publication.RETIREE: _("Cette fiche a été retirée."),
    }[etat]
