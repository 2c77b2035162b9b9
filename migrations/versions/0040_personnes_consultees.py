"""Add to attestations the number of people who took part in writing the fiches.

Revision ID: 0040_personnes_consultees
Revises: 0039_journal_cinq_ans
"""

import sqlalchemy as sa
from alembic import op

revision = "0040_personnes_consultees"
down_revision = "0039_journal_cinq_ans"
branch_labels = None
depends_on = None

NAME = "ck_attestations_nombres"
BEFORE = "fiches >= 0 AND personnes >= 0 AND reponses >= 0"


def upgrade():
    with op.batch_alter_table("attestations") as batch:
        batch.add_column(sa.Column("consultees", sa.Integer(), nullable=True))
        batch.drop_constraint(op.f(NAME), type_="check")
        batch.create_check_constraint(op.f(NAME), f"{BEFORE} AND consultees >= 0")


def downgrade():
    with op.batch_alter_table("attestations") as batch:
        batch.drop_constraint(op.f(NAME), type_="check")
        batch.drop_column("consultees")
        batch.create_check_constraint(op.f(NAME), BEFORE)
