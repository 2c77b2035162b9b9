"""Reminders, and absences of agents

Revision ID: 0008_relances_et_absences
Revises: 0007_prolongations
"""

import sqlalchemy as sa
from alembic import op

revision = "0008_relances_et_absences"
down_revision = "0007_prolongations"
branch_labels = None
depends_on = None

PALIERS = sa.Enum(
    "avant",
    "jour",
    "referents",
    "association",
    "manuelle",
    name="palier",
    native_enum=False,
    create_constraint=True,
    length=32,
)


def upgrade():
    op.create_table(
        "absences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("appartenance_id", sa.Integer(), nullable=False),
        sa.Column("remplacant_id", sa.Integer(), nullable=False),
        sa.Column("debut", sa.Date(), nullable=False),
        sa.Column("fin", sa.Date(), nullable=False),
        sa.Column("garde_courriels", sa.Boolean(), nullable=False),
        sa.Column("annulee_le", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("fin >= debut", name=op.f("ck_absences_ordre")),
        sa.ForeignKeyConstraint(
            ["appartenance_id"],
            ["appartenances.id"],
            name=op.f("fk_absences_appartenance_id_appartenances"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["remplacant_id"],
            ["comptes.id"],
            name=op.f("fk_absences_remplacant_id_comptes"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
    )
    op.create_index("ix_absences_appartenance_id_debut", "absences", ["appartenance_id", "debut"])
    op.create_index("ix_absences_remplacant_id", "absences", ["remplacant_id"])
    op.create_table(
        "relances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("saisine_id", sa.Integer(), nullable=False),
        sa.Column("echeance", sa.Date(), nullable=False),
        sa.Column("palier", PALIERS, nullable=False),
        sa.Column("jour", sa.Date(), nullable=False),
        sa.Column("le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("par_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(palier = 'manuelle') = (par_id IS NOT NULL)", name=op.f("ck_relances_a_la_main")
        ),
        sa.ForeignKeyConstraint(["par_id"], ["comptes.id"], name=op.f("fk_relances_par_id_comptes")),
        sa.ForeignKeyConstraint(
            ["saisine_id"], ["saisines.id"], name=op.f("fk_relances_saisine_id_saisines")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relances")),
    )
    op.create_index("ix_relances_jour", "relances", ["jour"])
    op.create_index(
        "uq_relances_echelle",
        "relances",
        ["saisine_id", "echeance", "palier"],
        unique=True,
        sqlite_where=sa.text("palier <> 'manuelle'"),
        postgresql_where=sa.text("palier <> 'manuelle'"),
    )
    op.create_index(
        "uq_relances_a_la_main",
        "relances",
        ["saisine_id", "jour"],
        unique=True,
        sqlite_where=sa.text("palier = 'manuelle'"),
        postgresql_where=sa.text("palier = 'manuelle'"),
    )
    op.create_table(
        "envois_relances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("compte_id", sa.Integer(), nullable=True),
        sa.Column("acteur_id", sa.Integer(), nullable=True),
        sa.Column("jour", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "(compte_id IS NULL) <> (acteur_id IS NULL)", name=op.f("ck_envois_relances_un_destinataire")
        ),
        sa.ForeignKeyConstraint(
            ["acteur_id"], ["acteurs.id"], name=op.f("fk_envois_relances_acteur_id_acteurs")
        ),
        sa.ForeignKeyConstraint(
            ["compte_id"],
            ["comptes.id"],
            name=op.f("fk_envois_relances_compte_id_comptes"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_envois_relances")),
        sa.UniqueConstraint("acteur_id", "jour", name=op.f("uq_envois_relances_acteur_id_jour")),
        sa.UniqueConstraint("compte_id", "jour", name=op.f("uq_envois_relances_compte_id_jour")),
    )
    op.create_table(
        "tournees_relances",
        sa.Column("jour", sa.Date(), nullable=False),
        sa.Column("finie_le", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("jour", name=op.f("pk_tournees_relances")),
    )


def downgrade():
    for table in ("tournees_relances", "envois_relances", "relances", "absences"):
        op.drop_table(table)
