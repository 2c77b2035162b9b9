"""Private messages, internal notes, and the pause of the time to answer.

Revision ID: 0009_echanges
Revises: 0008_relances_et_absences
"""

import sqlalchemy as sa
from alembic import op

revision = "0009_echanges"
down_revision = "0008_relances_et_absences"
branch_labels = None
depends_on = None

# One statement for both databases: SQLite adds a column with its check, and would else build the table again.
PAUSE = (
    "ALTER TABLE saisines ADD COLUMN suspendue_jusqu_au DATE CONSTRAINT ck_saisines_suspendue"
    " CHECK ((suspendue_le IS NULL) = (suspendue_jusqu_au IS NULL))"
)
CAUSES = ("transfert", "retour", "reouverture", "prolongation")


def upgrade():
    _allow_causes((*CAUSES, "suspension", "reprise"))
    op.add_column("saisines", sa.Column("suspendue_le", sa.DateTime(timezone=True), nullable=True))
    op.execute(PAUSE)
    op.add_column("saisines", sa.Column("jours_suspendus", sa.Integer(), server_default="0", nullable=False))

    op.create_table(
        "messages_echanges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cle", sa.String(length=36), nullable=False),
        sa.Column("saisine_id", sa.Integer(), nullable=False),
        sa.Column("acteur_id", sa.Integer(), nullable=True),
        sa.Column("auteur_id", sa.Integer(), nullable=False),
        sa.Column("le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("texte", sa.Text(), nullable=False),
        sa.Column("texte_html", sa.Text(), nullable=False),
        sa.Column("attend_reponse", sa.Boolean(), nullable=False),
        sa.Column("signale_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("masque_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("masque_motif", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "acteur_id IS NOT NULL OR NOT attend_reponse", name=op.f("ck_messages_echanges_question")
        ),
        sa.CheckConstraint(
            "(masque_le IS NULL) = (masque_motif IS NULL)", name=op.f("ck_messages_echanges_masque")
        ),
        sa.ForeignKeyConstraint(
            ["saisine_id"], ["saisines.id"], name=op.f("fk_messages_echanges_saisine_id_saisines")
        ),
        sa.ForeignKeyConstraint(
            ["acteur_id"], ["acteurs.id"], name=op.f("fk_messages_echanges_acteur_id_acteurs")
        ),
        sa.ForeignKeyConstraint(
            ["auteur_id"], ["comptes.id"], name=op.f("fk_messages_echanges_auteur_id_comptes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages_echanges")),
        sa.UniqueConstraint("cle", name=op.f("uq_messages_echanges_cle")),
    )
    op.create_index("ix_messages_echanges_saisine_id_id", "messages_echanges", ["saisine_id", "id"])

    op.create_table(
        "pieces_messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("nom", sa.String(length=100), nullable=False),
        sa.Column(
            "format",
            sa.Enum(
                "jpeg",
                "png",
                "pdf",
                "docx",
                "odt",
                name="format",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("taille", sa.Integer(), nullable=False),
        sa.Column("empreinte", sa.String(length=64), nullable=False),
        sa.Column("fichier", sa.String(length=40), nullable=False),
        sa.Column("vignette", sa.String(length=40), nullable=True),
        sa.Column("ajoutee_le", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("taille > 0", name=op.f("ck_pieces_messages_taille")),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages_echanges.id"], name=op.f("fk_pieces_messages_message_id_messages_echanges")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pieces_messages")),
        sa.UniqueConstraint("fichier", name=op.f("uq_pieces_messages_fichier")),
        sa.UniqueConstraint("message_id", "empreinte", name=op.f("uq_pieces_messages_message_id_empreinte")),
        sa.UniqueConstraint("vignette", name=op.f("uq_pieces_messages_vignette")),
    )

    op.create_table(
        "fils_echanges",
        sa.Column("saisine_id", sa.Integer(), nullable=False),
        sa.Column("dernier_id", sa.Integer(), nullable=False),
        sa.Column("acteur_id", sa.Integer(), nullable=True),
        sa.Column("promotion_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(acteur_id IS NULL) <> (promotion_id IS NULL)", name=op.f("ck_fils_echanges_cote")
        ),
        sa.ForeignKeyConstraint(
            ["saisine_id"], ["saisines.id"], name=op.f("fk_fils_echanges_saisine_id_saisines")
        ),
        sa.ForeignKeyConstraint(
            ["dernier_id"],
            ["messages_echanges.id"],
            name=op.f("fk_fils_echanges_dernier_id_messages_echanges"),
        ),
        sa.ForeignKeyConstraint(
            ["acteur_id"], ["acteurs.id"], name=op.f("fk_fils_echanges_acteur_id_acteurs")
        ),
        sa.ForeignKeyConstraint(
            ["promotion_id"], ["promotions.id"], name=op.f("fk_fils_echanges_promotion_id_promotions")
        ),
        sa.PrimaryKeyConstraint("saisine_id", name=op.f("pk_fils_echanges")),
    )
    op.create_index("ix_fils_echanges_acteur_id", "fils_echanges", ["acteur_id"])
    op.create_index("ix_fils_echanges_promotion_id", "fils_echanges", ["promotion_id"])

    op.create_table(
        "lectures_echanges",
        sa.Column("saisine_id", sa.Integer(), nullable=False),
        sa.Column("compte_id", sa.Integer(), nullable=False),
        sa.Column("acteur_id", sa.Integer(), nullable=True),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("lu_le", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["saisine_id"], ["saisines.id"], name=op.f("fk_lectures_echanges_saisine_id_saisines")
        ),
        sa.ForeignKeyConstraint(
            ["compte_id"],
            ["comptes.id"],
            name=op.f("fk_lectures_echanges_compte_id_comptes"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["acteur_id"], ["acteurs.id"], name=op.f("fk_lectures_echanges_acteur_id_acteurs")
        ),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["messages_echanges.id"],
            name=op.f("fk_lectures_echanges_message_id_messages_echanges"),
        ),
        sa.PrimaryKeyConstraint("saisine_id", "compte_id", name=op.f("pk_lectures_echanges")),
    )

    op.create_table(
        "notes_internes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cle", sa.String(length=36), nullable=False),
        sa.Column("saisine_id", sa.Integer(), nullable=False),
        sa.Column("acteur_id", sa.Integer(), nullable=False),
        sa.Column("auteur_id", sa.Integer(), nullable=False),
        sa.Column("le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("texte", sa.Text(), nullable=False),
        sa.Column("texte_html", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["saisine_id"], ["saisines.id"], name=op.f("fk_notes_internes_saisine_id_saisines")
        ),
        sa.ForeignKeyConstraint(
            ["acteur_id"], ["acteurs.id"], name=op.f("fk_notes_internes_acteur_id_acteurs")
        ),
        sa.ForeignKeyConstraint(
            ["auteur_id"], ["comptes.id"], name=op.f("fk_notes_internes_auteur_id_comptes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes_internes")),
        sa.UniqueConstraint("cle", name=op.f("uq_notes_internes_cle")),
    )
    op.create_index(
        "ix_notes_internes_saisine_id_acteur_id_id", "notes_internes", ["saisine_id", "acteur_id", "id"]
    )


def downgrade():
    for table in (
        "notes_internes",
        "lectures_echanges",
        "fils_echanges",
        "pieces_messages",
        "messages_echanges",
    ):
        op.drop_table(table)
    for column in ("jours_suspendus", "suspendue_jusqu_au", "suspendue_le"):
        op.drop_column("saisines", column)
    op.execute("UPDATE echeances_remplacees SET cause = 'prolongation' WHERE cause IN ('suspension', 'reprise')")
    _allow_causes(CAUSES)


def _allow_causes(causes):
    name = op.f("ck_echeances_remplacees_causereport")
    with op.batch_alter_table("echeances_remplacees") as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, f"cause IN {causes}")
