"""Queues: extension of a time limit, copied thème, indexes that contain all that is counted

The threads addressed to the delegates are not found by an index on SQLite if nearly all are addressed to an
acteur: its planner believes that one value, NULL, is all of them. A partial index has no NULL.

The days of an extension are counted from Monday to Friday here. `Saisine.prolonger` stores the exact number.

Revision ID: 0030_files_de_travail
Revises: 0029_participants_effaces
"""

from datetime import timedelta
from itertools import zip_longest

import sqlalchemy as sa
from alembic import op

revision = "0030_files_de_travail"
down_revision = "0029_participants_effaces"
branch_labels = None
depends_on = None

# One statement for both databases: SQLite would else build the table again.
THEME = (
    "ALTER TABLE saisines ADD COLUMN theme_code VARCHAR(40)"
    " CONSTRAINT fk_saisines_theme_code_themes REFERENCES themes (code)"
)
EN_COURS = "statut = 'en_cours'"
A_PRENDRE = f"{EN_COURS} AND prise_en_charge_le IS NULL"
FILES_AVANT = {
    "ix_saisines_a_traiter": (["agir_avant", "id"], EN_COURS),
    "ix_saisines_a_prendre": (["prise_en_charge_due", "id"], A_PRENDRE),
}
FILES = {
    "ix_saisines_a_traiter": (["agir_avant", "id", "reponse_due", "fiche_id"], f"{EN_COURS} AND est_publique"),
    "ix_saisines_par_theme": (
        ["theme_code", "agir_avant", "id", "reponse_due", "fiche_id"],
        f"{EN_COURS} AND est_publique",
    ),
    "ix_saisines_a_prendre": (["prise_en_charge_due", "id", "fiche_id"], f"{A_PRENDRE} AND est_publique"),
    "ix_saisines_a_prendre_avant": (["agir_avant", "id", "fiche_id"], f"{A_PRENDRE} AND est_publique"),
}
FILS = {
    "ix_fils_echanges_du_responsable": "acteur_id",
    "ix_fils_echanges_des_delegues": "promotion_id",
}


def upgrade():
    op.execute(THEME)
    op.add_column("saisines", sa.Column("jours_prolonges", sa.Integer(), server_default="0", nullable=False))
    op.execute(
        "UPDATE saisines SET theme_code = (SELECT theme_code FROM fiches WHERE fiches.id = saisines.fiche_id)"
    )
    _count_extensions()
    _replace_indexes(FILES_AVANT, FILES)
    for name, side in FILS.items():
        op.drop_index(f"ix_fils_echanges_{side}_dernier_id_saisine_id", "fils_echanges")
        where = sa.text(f"{side} IS NOT NULL")
        columns = [side, "dernier_id", "saisine_id"]
        op.create_index(name, "fils_echanges", columns, sqlite_where=where, postgresql_where=where)


def _replace_indexes(old, new):
    for name in old:
        op.drop_index(name, "saisines")
    for name, (columns, where) in new.items():
        of_sqlite = where.replace("est_publique", "est_publique = 1")
        op.create_index(
            name,
            "saisines",
            ["acteur_id", *columns],
            sqlite_where=sa.text(of_sqlite),
            postgresql_where=sa.text(where),
        )


def _count_extensions():
    """Store the working days of the extensions that no reopening has followed."""
    dates = sa.table(
        "echeances_remplacees",
        sa.column("id", sa.Integer),
        sa.column("saisine_id", sa.Integer),
        sa.column("echeance", sa.Date),
        sa.column("cause", sa.String),
    )
    saisines = sa.table(
        "saisines",
        sa.column("id", sa.Integer),
        sa.column("reponse_due", sa.Date),
        sa.column("jours_prolonges", sa.Integer),
    )
    connection = op.get_bind()
    prolongees = sa.select(dates.c.saisine_id).where(dates.c.cause == "prolongation")
    query = sa.select(dates.c.saisine_id, dates.c.echeance, dates.c.cause, saisines.c.reponse_due)
    query = query.join_from(dates, saisines, saisines.c.id == dates.c.saisine_id)
    lines = connection.execute(
        query.where(dates.c.saisine_id.in_(prolongees)).order_by(dates.c.saisine_id, dates.c.id)
    ).all()
    days = {}
    for line, following in zip_longest(lines, lines[1:]):
        is_last = following is None or following.saisine_id != line.saisine_id
        if line.cause == "reouverture":
            days[line.saisine_id] = 0
        if line.cause == "prolongation":
            until = line.reponse_due if is_last else following.echeance
            days[line.saisine_id] = max(_weekdays(line.echeance, until), 1)
    for saisine_id, count in days.items():
        connection.execute(
            saisines.update().where(saisines.c.id == saisine_id).values(jours_prolonges=count)
        )


def _weekdays(start, end):
    return sum((start + timedelta(days=n)).weekday() < 5 for n in range(1, (end - start).days + 1))


def downgrade():
    for name, side in FILS.items():
        op.drop_index(name, "fils_echanges")
        op.create_index(
            f"ix_fils_echanges_{side}_dernier_id_saisine_id", "fils_echanges", [side, "dernier_id", "saisine_id"]
        )
    _replace_indexes(FILES, FILES_AVANT)
    op.drop_column("saisines", "jours_prolonges")
    op.drop_column("saisines", "theme_code")
