"""Extension of a due date, and the sort key of queues

Revision ID: 0007_prolongations
Revises: 0006_reponses_d_une_personne
"""

import sqlalchemy as sa
from alembic import op

revision = "0007_prolongations"
down_revision = "0006_reponses_d_une_personne"
branch_labels = None
depends_on = None

NATURES = (
    "depot",
    "publication",
    "retrait",
    "retablissement",
    "orientation",
    "elargissement",
    "transfert",
    "precision",
    "plus_actuelle",
    "prise_en_charge",
    "etape",
    "reponse",
    "reglement",
    "abandon",
    "reouverture",
    "avis",
    "demande_reouverture",
    "refus_reouverture",
    "contestation",
    "rejet_reouverture",
    "durable",
    "revenu",
)
CAUSES = sa.Enum(
    "transfert",
    "retour",
    "reouverture",
    "prolongation",
    name="causereport",
    native_enum=False,
    create_constraint=False,
    length=32,
)
EN_COURS = "statut = 'en_cours'"


def upgrade():
    _allow_natures((*NATURES, "prolongation"))
    with op.batch_alter_table("echeances_remplacees") as batch:
        batch.add_column(sa.Column("cause", CAUSES, nullable=True))
    op.execute("UPDATE echeances_remplacees SET cause = 'reouverture'")
    op.execute(
        "UPDATE echeances_remplacees SET cause = coalesce((SELECT CASE WHEN t.annule_id IS NULL THEN 'transfert'"
        " ELSE 'retour' END FROM transferts t WHERE t.saisine_id = echeances_remplacees.saisine_id"
        " AND t.le = echeances_remplacees.remplacee_le), cause)"
    )
    with op.batch_alter_table("echeances_remplacees") as batch:
        batch.alter_column("cause", existing_type=CAUSES, nullable=False)
        batch.create_check_constraint(
            op.f("ck_echeances_remplacees_causereport"),
            "cause IN ('transfert', 'retour', 'reouverture', 'prolongation')",
        )
    op.add_column("saisines", sa.Column("agir_avant", sa.Date(), nullable=True))
    op.execute(
        "UPDATE saisines SET agir_avant = (SELECT CASE WHEN p.fin < saisines.reponse_due THEN p.fin"
        " ELSE saisines.reponse_due END"
        " FROM fiches f JOIN promotions p ON p.id = f.promotion_id WHERE f.id = saisines.fiche_id)"
    )
    with op.batch_alter_table("saisines") as batch:
        batch.alter_column("agir_avant", existing_type=sa.Date(), nullable=False)
    op.create_index(
        "ix_saisines_a_traiter",
        "saisines",
        ["acteur_id", "agir_avant", "id"],
        sqlite_where=sa.text(EN_COURS),
        postgresql_where=sa.text(EN_COURS),
    )


def downgrade():
    op.execute("UPDATE etapes SET nature = 'etape' WHERE nature = 'prolongation'")
    _allow_natures(NATURES)
    with op.batch_alter_table("echeances_remplacees") as batch:
        batch.drop_constraint(op.f("ck_echeances_remplacees_causereport"), type_="check")
        batch.drop_column("cause")
    op.drop_index("ix_saisines_a_traiter", "saisines")
    with op.batch_alter_table("saisines") as batch:
        batch.drop_column("agir_avant")


def _allow_natures(natures):
    name = op.f("ck_etapes_natureetape")
    with op.batch_alter_table("etapes") as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, f"nature IN {natures}")
