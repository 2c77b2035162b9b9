"""The class of a draft and its contributions, the codes of promotions and the words left through them.

Revision ID: 0022_classe
Revises: 0021_index_a_orienter
"""

import sqlalchemy as sa
from alembic import op


revision = "0022_classe"
down_revision = "0021_index_a_orienter"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "codes_de_promotion",
        sa.Column("promotion_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("annonce_le", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["promotion_id"], ["promotions.id"], name=op.f("fk_codes_de_promotion_promotion_id_promotions")
        ),
        sa.PrimaryKeyConstraint("promotion_id", name=op.f("pk_codes_de_promotion")),
        sa.UniqueConstraint("code", name=op.f("uq_codes_de_promotion_code")),
    )
    op.create_table(
        "jours_de_parole",
        sa.Column("promotion_id", sa.Integer(), nullable=False),
        sa.Column("le", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["promotion_id"], ["promotions.id"], name=op.f("fk_jours_de_parole_promotion_id_promotions")
        ),
        sa.PrimaryKeyConstraint("promotion_id", "le", name=op.f("pk_jours_de_parole")),
    )
    op.create_index("ix_jours_de_parole_le", "jours_de_parole", ["le"], unique=False)
    op.create_table(
        "mots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cle", sa.String(length=36), nullable=False),
        sa.Column("promotion_id", sa.Integer(), nullable=False),
        sa.Column("texte", sa.Text(), nullable=False),
        sa.Column("prenom", sa.String(length=40), nullable=True),
        sa.Column("le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lu_le", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["promotion_id"], ["promotions.id"], name=op.f("fk_mots_promotion_id_promotions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mots")),
        sa.UniqueConstraint("cle", name=op.f("uq_mots_cle")),
    )
    op.create_index(
        "ix_mots_a_lire",
        "mots",
        ["promotion_id", "id"],
        unique=False,
        sqlite_where=sa.text("lu_le IS NULL"),
        postgresql_where=sa.text("lu_le IS NULL"),
    )
    op.create_index("ix_mots_le", "mots", ["le"], unique=False)
    op.create_index("ix_mots_promotion_id_id", "mots", ["promotion_id", "id"], unique=False)
    op.create_table(
        "classes",
        sa.Column("fiche_id", sa.Integer(), nullable=False),
        sa.Column("graine", sa.String(length=43), nullable=False),
        sa.Column("jeton_hash", sa.String(length=64), nullable=False),
        sa.Column("ouverte_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expire_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fermee_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("annoncee_le", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("expire_le > ouverte_le", name=op.f("ck_classes_ordre")),
        sa.ForeignKeyConstraint(
            ["fiche_id"], ["fiches.id"], name=op.f("fk_classes_fiche_id_fiches"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("fiche_id", name=op.f("pk_classes")),
        sa.UniqueConstraint("jeton_hash", name=op.f("uq_classes_jeton_hash")),
    )
    op.create_index("ix_classes_expire_le", "classes", ["expire_le"], unique=False)
    op.create_table(
        "participants_de_classe",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fiche_id", sa.Integer(), nullable=False),
        sa.Column("marque", sa.String(length=64), nullable=False),
        sa.Column("est_concerne", sa.Boolean(), nullable=False),
        sa.Column("le", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["fiche_id"],
            ["classes.fiche_id"],
            name=op.f("fk_participants_de_classe_fiche_id_classes"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participants_de_classe")),
        sa.UniqueConstraint("fiche_id", "marque", name=op.f("uq_participants_de_classe_fiche_id_marque")),
    )
    op.create_table(
        "contributions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cle", sa.String(length=36), nullable=False),
        sa.Column("fiche_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column(
            "nature",
            sa.Enum(
                "cause",
                "consequence",
                "solution",
                name="nature",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("texte", sa.Text(), nullable=False),
        sa.Column("prenom", sa.String(length=40), nullable=True),
        sa.Column("le", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "etat",
            sa.Enum(
                "recue",
                "reprise",
                "ecartee",
                name="etat",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("traitee_le", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(etat = 'recue') = (traitee_le IS NULL)", name=op.f("ck_contributions_traitee")),
        sa.ForeignKeyConstraint(
            ["fiche_id"],
            ["classes.fiche_id"],
            name=op.f("fk_contributions_fiche_id_classes"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participants_de_classe.id"],
            name=op.f("fk_contributions_participant_id_participants_de_classe"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contributions")),
        sa.UniqueConstraint("cle", name=op.f("uq_contributions_cle")),
    )
    op.create_index("ix_contributions_fiche_id_id", "contributions", ["fiche_id", "id"], unique=False)
    op.create_index("ix_contributions_participant_id", "contributions", ["participant_id"], unique=False)
    op.create_index(
        "ix_contributions_recues",
        "contributions",
        ["fiche_id", "id"],
        unique=False,
        sqlite_where=sa.text("etat = 'recue'"),
        postgresql_where=sa.text("etat = 'recue'"),
    )
    op.add_column(
        "fiches", sa.Column("nombre_participants", sa.Integer(), server_default="0", nullable=False)
    )


def downgrade():
    op.drop_column("fiches", "nombre_participants")
    for table in ("contributions", "participants_de_classe", "classes", "mots", "jours_de_parole"):
        op.drop_table(table)
    op.drop_table("codes_de_promotion")
