"""«Nous aussi», merged fiches, and pairs of fiches that may be duplicates.

Revision ID: 0024_soutiens_et_doublons
Revises: 0023_passations
"""

import sqlalchemy as sa
from alembic import op

revision = "0024_soutiens_et_doublons"
down_revision = "0023_passations"
branch_labels = None
depends_on = None

NATURES = (
    *("depot", "publication", "retrait", "retablissement", "orientation", "elargissement", "transfert"),
    *("precision", "plus_actuelle", "prise_en_charge", "etape", "prolongation", "reponse", "reglement"),
    *("abandon", "reouverture", "avis", "demande_reouverture", "refus_reouverture", "contestation"),
    *("rejet_reouverture", "durable", "revenu"),
)
REUNIES = sa.text("reunie_a_id IS NOT NULL")
INSTANT = sa.DateTime(timezone=True)


def upgrade():
    _allow_natures((*NATURES, "reunion", "separation"))
    with op.batch_alter_table("fiches") as batch:
        batch.add_column(sa.Column("nombre_soutiens", sa.Integer(), server_default="0", nullable=False))
        batch.add_column(sa.Column("personnes_aussi", sa.Integer(), server_default="0", nullable=False))
        batch.add_column(sa.Column("reunie_a_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("nombre_reunies", sa.Integer(), server_default="0", nullable=False))
        batch.create_foreign_key(op.f("fk_fiches_reunie_a_id_fiches"), "fiches", ["reunie_a_id"], ["id"])
        batch.create_check_constraint(op.f("ck_fiches_reunie"), "reunie_a_id <> id")
    op.create_index(
        "ix_fiches_reunies", "fiches", ["reunie_a_id", "id"], sqlite_where=REUNIES, postgresql_where=REUNIES
    )
    _create_soutiens()
    _create_fusions()
    _create_probables()


def _create_soutiens():
    actuel = sa.text("retire_le IS NULL")
    op.create_table(
        "soutiens",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fiche_id", sa.Integer(), nullable=False),
        sa.Column("promotion_id", sa.Integer(), nullable=False),
        sa.Column("personnes", sa.Integer(), nullable=False),
        sa.Column("compte_id", sa.Integer(), nullable=False),
        sa.Column("donne_le", sa.Date(), nullable=False),
        sa.Column("retire_le", sa.Date(), nullable=True),
        sa.CheckConstraint("personnes > 0", name=op.f("ck_soutiens_personnes")),
        sa.CheckConstraint("retire_le > donne_le", name=op.f("ck_soutiens_retire")),
        sa.ForeignKeyConstraint(["compte_id"], ["comptes.id"], name=op.f("fk_soutiens_compte_id_comptes")),
        sa.ForeignKeyConstraint(["fiche_id"], ["fiches.id"], name=op.f("fk_soutiens_fiche_id_fiches")),
        sa.ForeignKeyConstraint(
            ["promotion_id"], ["promotions.id"], name=op.f("fk_soutiens_promotion_id_promotions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_soutiens")),
    )
    op.create_index(
        "uq_soutiens_actuel",
        "soutiens",
        ["fiche_id", "promotion_id"],
        unique=True,
        sqlite_where=actuel,
        postgresql_where=actuel,
    )
    op.create_index(op.f("ix_soutiens_promotion_id_donne_le"), "soutiens", ["promotion_id", "donne_le"])
    op.create_index(op.f("ix_soutiens_donne_le"), "soutiens", ["donne_le"])


def _create_fusions():
    actuelle = sa.text("separee_le IS NULL")
    op.create_table(
        "fusions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("doublon_id", sa.Integer(), nullable=False),
        sa.Column("principale_id", sa.Integer(), nullable=False),
        sa.Column("le", INSTANT, nullable=False),
        sa.Column("par_id", sa.Integer(), nullable=False),
        sa.Column("separee_le", INSTANT, nullable=True),
        sa.Column("separee_par_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("doublon_id <> principale_id", name=op.f("ck_fusions_deux_fiches")),
        sa.CheckConstraint(
            "separee_le IS NOT NULL OR separee_par_id IS NULL", name=op.f("ck_fusions_separee")
        ),
        sa.ForeignKeyConstraint(["doublon_id"], ["fiches.id"], name=op.f("fk_fusions_doublon_id_fiches")),
        sa.ForeignKeyConstraint(["par_id"], ["comptes.id"], name=op.f("fk_fusions_par_id_comptes")),
        sa.ForeignKeyConstraint(
            ["principale_id"], ["fiches.id"], name=op.f("fk_fusions_principale_id_fiches")
        ),
        sa.ForeignKeyConstraint(
            ["separee_par_id"], ["comptes.id"], name=op.f("fk_fusions_separee_par_id_comptes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fusions")),
    )
    for nom, colonne, unique in (
        ("uq_fusions_actuelle", "doublon_id", True),
        ("ix_fusions_actuelles", "principale_id", False),
    ):
        op.create_index(
            nom, "fusions", [colonne], unique=unique, sqlite_where=actuelle, postgresql_where=actuelle
        )


def _create_probables():
    a_voir = sa.text("ecarte_le IS NULL")
    op.create_table(
        "doublons_probables",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fiche_id", sa.Integer(), nullable=False),
        sa.Column("autre_id", sa.Integer(), nullable=False),
        sa.Column("ressemblance", sa.Integer(), nullable=False),
        sa.Column("trouve_le", INSTANT, nullable=False),
        sa.Column("ecarte_le", INSTANT, nullable=True),
        sa.Column("ecarte_par_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("autre_id < fiche_id", name=op.f("ck_doublons_probables_ordre")),
        sa.ForeignKeyConstraint(
            ["autre_id"],
            ["fiches.id"],
            name=op.f("fk_doublons_probables_autre_id_fiches"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["ecarte_par_id"], ["comptes.id"], name=op.f("fk_doublons_probables_ecarte_par_id_comptes")
        ),
        sa.ForeignKeyConstraint(
            ["fiche_id"],
            ["fiches.id"],
            name=op.f("fk_doublons_probables_fiche_id_fiches"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_doublons_probables")),
        sa.UniqueConstraint("fiche_id", "autre_id", name=op.f("uq_doublons_probables_fiche_id_autre_id")),
    )
    op.create_index(op.f("ix_doublons_probables_autre_id"), "doublons_probables", ["autre_id"])
    op.create_index(
        "ix_doublons_probables_a_voir",
        "doublons_probables",
        ["id"],
        sqlite_where=a_voir,
        postgresql_where=a_voir,
    )
    op.create_table(
        "doublons_a_comparer",
        sa.Column("fiche_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["fiche_id"],
            ["fiches.id"],
            name=op.f("fk_doublons_a_comparer_fiche_id_fiches"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("fiche_id", name=op.f("pk_doublons_a_comparer")),
    )


def downgrade():
    for table in ("doublons_a_comparer", "doublons_probables", "fusions", "soutiens"):
        op.drop_table(table)
    op.drop_index("ix_fiches_reunies", "fiches")
    with op.batch_alter_table("fiches") as batch:
        batch.drop_constraint(op.f("ck_fiches_reunie"), type_="check")
        batch.drop_constraint(op.f("fk_fiches_reunie_a_id_fiches"), type_="foreignkey")
        batch.drop_column("nombre_reunies")
        batch.drop_column("reunie_a_id")
        batch.drop_column("personnes_aussi")
        batch.drop_column("nombre_soutiens")
    op.execute("UPDATE etapes SET nature = 'etape' WHERE nature IN ('reunion', 'separation')")
    _allow_natures(NATURES)


def _allow_natures(natures):
    name = op.f("ck_etapes_natureetape")
    with op.batch_alter_table("etapes") as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, f"nature IN {natures}")
