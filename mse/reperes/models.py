"""Repères, their past versions, the fiches they are linked to, and where they hold."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mse.annuaire.models import Acteur
from mse.core.database import UTCDateTime, partial_index, state
from mse.core.text import _
from mse.core.workflow import next_state, possible
from mse.extensions import Model
from mse.fiches.models import Fiche
from mse.reperes.workflow import TRANSITIONS, ActionRepere, StatutRepere


class Repere(Model):
    """What holds, since when, and where: an answer that became a rule. The columns hold the current version.

    It belongs to an acteur, or to the association if `acteur_id` is None. No person is recorded: the journal
    knows who acted.
    """

    __tablename__ = "reperes"
    __table_args__ = (
        CheckConstraint(
            "statut = 'brouillon' OR (publie_le IS NOT NULL AND valable_du IS NOT NULL "
            "AND a_revoir_le > valable_du AND texte <> '' AND base <> '')",
            name="complet",
        ),
        CheckConstraint("(statut IN ('remplace', 'retire')) = (fini_le IS NOT NULL)", name="fini"),
        CheckConstraint("(statut = 'remplace') = (remplace_par_id IS NOT NULL)", name="remplace"),
        CheckConstraint("remplace_par_id <> id", name="autre"),
        partial_index("ix_reperes_a_revoir", "a_revoir_le", "id", where="statut = 'publie'"),
        Index(None, "acteur_id", "statut"),
        partial_index("ix_reperes_de_l_association", "statut", "id", where="acteur_id IS NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cle: Mapped[str] = mapped_column(String(36), unique=True)  # idempotency key of the form (double click)
    acteur_id: Mapped[int | None] = mapped_column(ForeignKey("acteurs.id"))
    statut: Mapped[StatutRepere] = mapped_column(state(StatutRepere), default=StatutRepere.BROUILLON)
    titre: Mapped[str] = mapped_column(String(120))
    texte: Mapped[str] = mapped_column(Text)
    texte_html: Mapped[str] = mapped_column(Text)
    base: Mapped[str] = mapped_column(String(500))  # legal basis
    base_lien: Mapped[str | None] = mapped_column(String(500))
    themes: Mapped[list[str]] = mapped_column(JSON)  # codes
    territoires: Mapped[list[str]] = mapped_column(JSON)  # codes; it holds in all below them too
    valable_du: Mapped[date | None]
    a_revoir_le: Mapped[date | None]
    numero: Mapped[int] = mapped_column(default=1)  # of the current version
    cree_le: Mapped[datetime] = mapped_column(UTCDateTime)
    publie_le: Mapped[datetime | None] = mapped_column(UTCDateTime)  # the current version
    confirme_le: Mapped[datetime | None] = mapped_column(UTCDateTime)  # last review without a change
    rappele_le: Mapped[date | None]  # last mail about the review
    fini_le: Mapped[datetime | None] = mapped_column(UTCDateTime)
    motif: Mapped[str | None] = mapped_column(Text)  # why it was changed, replaced or withdrawn; public
    remplace_par_id: Mapped[int | None] = mapped_column(ForeignKey("reperes.id"), index=True)

    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}

    acteur: Mapped[Acteur | None] = relationship()
    remplace_par: Mapped["Repere | None"] = relationship(remote_side=[id])

    @property
    def est_brouillon(self) -> bool:
        return self.statut == StatutRepere.BROUILLON

    @property
    def est_publie(self) -> bool:
        return self.statut == StatutRepere.PUBLIE

    def est_a_verifier(self, le: date) -> bool:
        """True once its date of review has come and nobody has reviewed it."""
        return self.est_publie and self.a_revoir_le is not None and self.a_revoir_le <= le

    def actions_possibles(self) -> list[ActionRepere]:
        return possible(TRANSITIONS, self.statut)

    def avancer(self, action: ActionRepere) -> None:
        """Change the status. Raise `TransitionInterdite` if the table does not allow it."""
        self.statut = next_state(TRANSITIONS, self.statut, action, _refus)


class VersionRepere(Model):
    """A past version of a published repère, never edited. `au`: when the next one replaced it."""

    __tablename__ = "reperes_versions"
    __table_args__ = (UniqueConstraint("repere_id", "numero"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    repere_id: Mapped[int] = mapped_column(ForeignKey("reperes.id", ondelete="CASCADE"))
    numero: Mapped[int]
    titre: Mapped[str] = mapped_column(String(120))
    texte: Mapped[str] = mapped_column(Text)
    texte_html: Mapped[str] = mapped_column(Text)
    base: Mapped[str] = mapped_column(String(500))
    base_lien: Mapped[str | None] = mapped_column(String(500))
    themes: Mapped[list[str]] = mapped_column(JSON)
    territoires: Mapped[list[str]] = mapped_column(JSON)
    valable_du: Mapped[date]
    du: Mapped[datetime] = mapped_column(UTCDateTime)
    au: Mapped[datetime] = mapped_column(UTCDateTime)
    motif: Mapped[str] = mapped_column(Text)  # why it was replaced


class RepereFiche(Model):
    """A repère comes from the answer to a fiche, or settles its question too."""

    __tablename__ = "reperes_fiches"
    __table_args__ = (
        Index(None, "fiche_id"),
        partial_index("ix_reperes_fiches_etape", "etape_id", where="etape_id IS NOT NULL"),
        Index(
            "uq_reperes_fiches_origine",
            "repere_id",
            unique=True,
            sqlite_where=sql("etape_id IS NOT NULL"),
            postgresql_where=sql("etape_id IS NOT NULL"),
        ),
    )

    repere_id: Mapped[int] = mapped_column(ForeignKey("reperes.id", ondelete="CASCADE"), primary_key=True)
    fiche_id: Mapped[int] = mapped_column(ForeignKey("fiches.id"), primary_key=True)
    etape_id: Mapped[int | None] = mapped_column(ForeignKey("etapes.id"))  # the answer it comes from
    lie_le: Mapped[datetime] = mapped_column(UTCDateTime)

    fiche: Mapped[Fiche] = relationship(viewonly=True)


class Portee(Model):
    """Where a published repère holds, for lists and filters. Derived: only `use_cases.portees` writes it.

    One row for each thème, and one without thème, under each territoire of the repère (`est_ici`) and under
    each ancestor of these territoires.
    """

    __tablename__ = "reperes_portees"
    __table_args__ = (
        UniqueConstraint("repere_id", "theme_code", "territoire_code"),
        Index(
            "ix_reperes_portees_liste", "territoire_code", "theme_code", "est_ici", "publie_le", "repere_id"
        ),
        # PostgreSQL does not read the index above in the order of `publie_le` for `theme_code IS NULL`.
        Index(
            "ix_reperes_portees_sans_theme",
            "territoire_code",
            "est_ici",
            "publie_le",
            "repere_id",
            sqlite_where=sql("theme_code IS NULL"),
            postgresql_where=sql("theme_code IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    repere_id: Mapped[int] = mapped_column(ForeignKey("reperes.id", ondelete="CASCADE"))
    theme_code: Mapped[str | None] = mapped_column(ForeignKey("themes.code"))  # None: all of them
    territoire_code: Mapped[str] = mapped_column(ForeignKey("territoires.code"))
    est_ici: Mapped[bool]
    publie_le: Mapped[datetime] = mapped_column(UTCDateTime)  # copied from the repère


def _refus(statut: StatutRepere, _possibles: list[ActionRepere]) -> str:
    return {
        StatutRepere.BROUILLON: _("Ce repère est encore un brouillon\u202f: publiez-le d’abord."),
        StatutRepere.PUBLIE: _("Ce repère est déjà publié."),
        StatutRepere.REMPLACE: _("Ce repère est déjà remplacé par un autre\u202f: il ne change plus."),
        StatutRepere.RETIRE: _("Ce repère est déjà retiré\u202f: il ne change plus."),
    }[statut]
