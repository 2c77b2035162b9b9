"""Answer templates of acteurs, and drafts of answers.

Revision ID: 0002_modeles_et_brouillons
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002_modeles_et_brouillons"
down_revision = "0001"
branch_labels = None
depends_on = None


def _geste():
    return sa.Column(
        "geste",
        sa.Enum(
            "repondre",
            "regler",
            "abandonner",
            "etape",
            name="geste",
            native_enum=False,
            create_constraint=True,
            length=32,
        ),
        nullable=False,
    )


def upgrade():
    op.create_table(
        "modeles_reponse",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cle", sa.String(length=36), nullable=False),
        sa.Column("acteur_id", sa.Integer(), nullable=False),
        _geste(),
        sa.Column("theme_code", sa.String(length=40), nullable=True),
        sa.Column("titre", sa.String(length=120), nullable=False),
        sa.Column("texte", sa.Text(), nullable=False),
        sa.Column("debut", sa.Date(), nullable=True),
        sa.Column("fin", sa.Date(), nullable=True),
        sa.Column("archive_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "fin IS NULL OR debut IS NULL OR fin >= debut", name=op.f("ck_modeles_reponse_dates")
        ),
        sa.ForeignKeyConstraint(
            ["acteur_id"], ["acteurs.id"], name=op.f("fk_modeles_reponse_acteur_id_acteurs")
        ),
        sa.ForeignKeyConstraint(
            ["theme_code"], ["themes.code"], name=op.f("fk_modeles_reponse_theme_code_themes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_modeles_reponse")),
        sa.UniqueConstraint("cle", name=op.f("uq_modeles_reponse_cle")),
    )
    op.create_index("ix_modeles_reponse_acteur_id_geste", "modeles_reponse", ["acteur_id", "geste"])
    op.create_table(
        "brouillons_reponse",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("saisine_id", sa.Integer(), nullable=False),
        sa.Column("compte_id", sa.Integer(), nullable=False),
        sa.Column("acteur_id", sa.Integer(), nullable=False),
        _geste(),
        sa.Column("texte", sa.Text(), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["acteur_id"], ["acteurs.id"], name=op.f("fk_brouillons_reponse_acteur_id_acteurs")
        ),
        sa.ForeignKeyConstraint(
            ["compte_id"], ["comptes.id"], name=op.f("fk_brouillons_reponse_compte_id_comptes")
        ),
        sa.ForeignKeyConstraint(
            ["saisine_id"], ["saisines.id"], name=op.f("fk_brouillons_reponse_saisine_id_saisines")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brouillons_reponse")),
        sa.UniqueConstraint(
            "saisine_id", "compte_id", "geste", name=op.f("uq_brouillons_reponse_saisine_id_compte_id_geste")
        ),
    )
    op.create_index(
        "ix_brouillons_reponse_compte_id_modifie_le", "brouillons_reponse", ["compte_id", "modifie_le"]
    )
    op.create_index("ix_brouillons_reponse_modifie_le", "brouillons_reponse", ["modifie_le"])


def downgrade():
    op.drop_table("brouillons_reponse")
    op.drop_table("modeles_reponse")
