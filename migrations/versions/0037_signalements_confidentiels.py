"""Confidential reports, their messages and readings; the members of the team who read them.

Revision ID: 0037_signalements_confidentiels
Revises: 0036_signalements
"""

import sqlalchemy as sa
from alembic import op

revision = "0037_signalements_confidentiels"
down_revision = "0036_signalements"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)


def _enum(name, *values):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade():
    op.add_column(
        "comptes",
        sa.Column("est_referent_confidentiel", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.create_table(
        "signalements_confidentiels",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("auteur_id", sa.Integer(), nullable=True),
        sa.Column(
            "sujet", _enum("sujet", "violence", "harcelement", "discrimination", "sante", "autre"), nullable=False
        ),
        sa.Column("mineur", sa.Boolean(), nullable=False),
        sa.Column("etat", _enum("etat", "recu", "pris_en_charge", "oriente", "clos"), nullable=False),
        sa.Column("recu_le", _INSTANT, nullable=False),
        sa.Column("attend_depuis", _INSTANT, nullable=True),
        sa.Column("clos_le", _INSTANT, nullable=True),
        sa.Column("en_nombre", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(etat = 'clos') = (clos_le IS NOT NULL)", name=op.f("ck_signalements_confidentiels_clos")
        ),
        sa.CheckConstraint(
            "clos_le IS NULL OR attend_depuis IS NULL", name=op.f("ck_signalements_confidentiels_attente")
        ),
        sa.ForeignKeyConstraint(
            ["auteur_id"],
            ["comptes.id"],
            name=op.f("fk_signalements_confidentiels_auteur_id_comptes"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signalements_confidentiels")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_signalements_confidentiels_code_hash")),
    )
    a_lire = sa.text("attend_depuis IS NOT NULL")
    op.create_index(
        "ix_signalements_confidentiels_a_lire",
        "signalements_confidentiels",
        ["id"],
        sqlite_where=a_lire,
        postgresql_where=a_lire,
    )
    op.create_index(
        op.f("ix_signalements_confidentiels_clos_le"), "signalements_confidentiels", ["clos_le"]
    )
    op.create_index(
        op.f("ix_signalements_confidentiels_auteur_id_id"), "signalements_confidentiels", ["auteur_id", "id"]
    )
    op.create_table(
        "messages_confidentiels",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cle", sa.String(length=36), nullable=False),
        sa.Column("signalement_id", sa.Integer(), nullable=False),
        sa.Column("lecteur_id", sa.Integer(), nullable=True),
        sa.Column("acte", _enum("acte", "prendre", "repondre", "orienter", "clore"), nullable=True),
        sa.Column("le", _INSTANT, nullable=False),
        sa.Column("texte", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(lecteur_id IS NULL) = (acte IS NULL)", name=op.f("ck_messages_confidentiels_auteur")
        ),
        sa.ForeignKeyConstraint(
            ["lecteur_id"], ["comptes.id"], name=op.f("fk_messages_confidentiels_lecteur_id_comptes")
        ),
        sa.ForeignKeyConstraint(
            ["signalement_id"],
            ["signalements_confidentiels.id"],
            name=op.f("fk_messages_confidentiels_signalement_id_signalements_confidentiels"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages_confidentiels")),
        sa.UniqueConstraint("cle", name=op.f("uq_messages_confidentiels_cle")),
    )
    op.create_index(
        op.f("ix_messages_confidentiels_signalement_id_id"), "messages_confidentiels", ["signalement_id", "id"]
    )
    op.create_table(
        "lectures_confidentielles",
        sa.Column("signalement_id", sa.Integer(), nullable=False),
        sa.Column("compte_id", sa.Integer(), nullable=False),
        sa.Column("jour", sa.Date(), nullable=False),
        sa.Column("le", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["compte_id"], ["comptes.id"], name=op.f("fk_lectures_confidentielles_compte_id_comptes")
        ),
        sa.ForeignKeyConstraint(
            ["signalement_id"],
            ["signalements_confidentiels.id"],
            name=op.f("fk_lectures_confidentielles_signalement_id_signalements_confidentiels"),
        ),
        sa.PrimaryKeyConstraint(
            "signalement_id", "compte_id", "jour", name=op.f("pk_lectures_confidentielles")
        ),
    )


def downgrade():
    op.drop_table("lectures_confidentielles")
    op.drop_table("messages_confidentiels")
    op.drop_table("signalements_confidentiels")
    op.drop_column("comptes", "est_referent_confidentiel")
