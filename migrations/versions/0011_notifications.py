"""Notifications of accounts, how each person wants to be told, and digests.

Revision ID: 0011_notifications
Revises: 0010_attributions
"""

import sqlalchemy as sa
from alembic import op

revision = "0011_notifications"
down_revision = "0010_attributions"
branch_labels = None
depends_on = None

FAMILLES = ("a_traiter", "messages", "suites", "reponses", "avancement", "initiatives")
RYTHMES = ("tout_de_suite", "quotidien", "hebdomadaire", "jamais")


def _mots(nom, mots):
    return sa.Enum(*mots, name=nom, native_enum=False, create_constraint=True, length=32)


def _compte(**options):
    return sa.Column("compte_id", sa.Integer(), nullable=False, **options)


def _cascade(table, cible):
    return sa.ForeignKeyConstraint(
        [cible[0]], [cible[1]], name=op.f(f"fk_{table}_{cible[0]}_{cible[2]}"), ondelete=cible[3]
    )


def upgrade():
    op.create_table(
        "heures_de_resume",
        _compte(),
        sa.Column("heure", sa.Integer(), nullable=False),
        sa.CheckConstraint("heure BETWEEN 0 AND 23", name=op.f("ck_heures_de_resume_heure")),
        _cascade("heures_de_resume", ("compte_id", "comptes.id", "comptes", "CASCADE")),
        sa.PrimaryKeyConstraint("compte_id", name=op.f("pk_heures_de_resume")),
    )
    op.create_table(
        "receptions",
        _compte(),
        sa.Column("famille", _mots("famille", FAMILLES), nullable=False),
        sa.Column("rythme", _mots("rythme", RYTHMES), nullable=False),
        _cascade("receptions", ("compte_id", "comptes.id", "comptes", "CASCADE")),
        sa.PrimaryKeyConstraint("compte_id", "famille", name=op.f("pk_receptions")),
    )
    op.create_table(
        "resumes",
        _compte(),
        sa.Column("jour", sa.Date(), nullable=False),
        sa.Column("ecrit_le", sa.DateTime(timezone=True), nullable=False),
        _cascade("resumes", ("compte_id", "comptes.id", "comptes", "CASCADE")),
        sa.PrimaryKeyConstraint("compte_id", "jour", name=op.f("pk_resumes")),
    )
    op.create_index(op.f("ix_resumes_jour"), "resumes", ["jour"])
    op.create_table(
        "notifications",
        sa.Column("id", sa.Integer(), nullable=False),
        _compte(),
        sa.Column("evenement", sa.String(length=60), nullable=False),
        sa.Column("famille", _mots("famille", FAMILLES), nullable=False),
        sa.Column("rythme", _mots("rythme", RYTHMES), nullable=False),
        sa.Column("fiche_id", sa.Integer()),
        sa.Column("etape_id", sa.Integer()),
        sa.Column("initiative_id", sa.Integer()),
        sa.Column("ligne_id", sa.Integer()),
        sa.Column("chemin", sa.String(length=300), nullable=False),
        sa.Column("creee_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lue_le", sa.DateTime(timezone=True)),
        sa.Column("a_resumer", sa.Boolean(), nullable=False),
        _cascade("notifications", ("compte_id", "comptes.id", "comptes", "CASCADE")),
        _cascade("notifications", ("fiche_id", "fiches.id", "fiches", "CASCADE")),
        _cascade("notifications", ("etape_id", "etapes.id", "etapes", None)),
        _cascade("notifications", ("initiative_id", "initiatives.id", "initiatives", None)),
        _cascade("notifications", ("ligne_id", "initiatives_lignes.id", "initiatives_lignes", None)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notifications")),
    )
    op.create_index(op.f("ix_notifications_creee_le"), "notifications", ["creee_le"])
    op.create_index(op.f("ix_notifications_fiche_id"), "notifications", ["fiche_id"])
    op.create_index(
        op.f("ix_notifications_compte_id_creee_le_id"), "notifications", ["compte_id", "creee_le", "id"]
    )
    for nom, condition in (
        ("ix_notifications_non_lues", "lue_le IS NULL"),
        ("ix_notifications_a_resumer", "a_resumer AND lue_le IS NULL"),
    ):
        partiel = sa.text(condition)
        op.create_index(nom, "notifications", ["compte_id"], sqlite_where=partiel, postgresql_where=partiel)


def downgrade():
    for table in ("notifications", "resumes", "receptions", "heures_de_resume"):
        op.drop_table(table)
