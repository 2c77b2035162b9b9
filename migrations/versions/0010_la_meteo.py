"""La météo : des chiffres par territoire et par jour, et ce qu’il faut d’histoire pour les recompter.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_TRAITEMENTS = "nature IN ('reponse', 'reglement', 'abandon')"
# What a past instance knows: the first detailed answer since the saisine was last reopened.
_TENUES = """
UPDATE saisines SET tenue_le = (
    SELECT min(r.le) FROM etapes r
    WHERE r.saisine_id = saisines.id AND r.nature IN ('reponse', 'reglement') AND r.id > coalesce(
        (SELECT max(o.id) FROM etapes o WHERE o.saisine_id = saisines.id AND o.nature = 'reouverture'), 0))
"""
_VALEURS = """
UPDATE etapes SET valeur = (
    SELECT a.valeur FROM avis a WHERE a.saisine_id = etapes.saisine_id ORDER BY a.tour DESC LIMIT 1)
WHERE nature = 'avis' AND id IN (SELECT max(id) FROM etapes WHERE nature = 'avis' GROUP BY saisine_id)
"""
_REPORTS = """
INSERT INTO echeances_remplacees (saisine_id, echeance, tenue_le, remplacee_le)
SELECT saisine_id, echeance_avant, NULL, le FROM transferts WHERE echeance_apres > echeance_avant
"""


def upgrade():
    valeur = sa.Enum(
        "oui", "en_partie", "non", name="valeur", native_enum=False, create_constraint=True, length=32
    )
    with op.batch_alter_table("etapes") as batch:
        batch.add_column(sa.Column("valeur", valeur, nullable=True))
        batch.create_check_constraint("verdict", "valeur IS NULL OR nature = 'avis'")
    op.create_index(
        "ix_etapes_traitements",
        "etapes",
        ["le"],
        sqlite_where=sa.text(_TRAITEMENTS),
        postgresql_where=sa.text(_TRAITEMENTS),
    )
    op.add_column("saisines", sa.Column("tenue_le", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_saisines_reponse_due"), "saisines", ["reponse_due"])
    op.create_table(
        "echeances_remplacees",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("saisine_id", sa.Integer(), nullable=False),
        sa.Column("echeance", sa.Date(), nullable=False),
        sa.Column("tenue_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("remplacee_le", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["saisine_id"], ["saisines.id"], name=op.f("fk_echeances_remplacees_saisine_id_saisines")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_echeances_remplacees")),
    )
    op.create_index(op.f("ix_echeances_remplacees_saisine_id"), "echeances_remplacees", ["saisine_id"])
    op.create_index(op.f("ix_echeances_remplacees_echeance"), "echeances_remplacees", ["echeance"])
    for statement in (_TENUES, _VALEURS, _REPORTS):
        op.execute(statement)
    mesure = sa.Enum(
        "representation",
        "expression",
        "ecoute",
        "resolution",
        "initiative",
        name="mesure",
        native_enum=False,
        create_constraint=True,
        length=32,
    )
    op.create_table(
        "meteo_chiffres",
        sa.Column("territoire_code", sa.String(length=16), nullable=False),
        sa.Column("coupe", sa.String(length=60), nullable=False),
        sa.Column("jour", sa.Date(), nullable=False),
        sa.Column("mesure", mesure, nullable=False),
        sa.Column("k", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.CheckConstraint("k >= 0 AND k <= n AND n > 0", name=op.f("ck_meteo_chiffres_k_sur_n")),
        sa.ForeignKeyConstraint(
            ["territoire_code"],
            ["territoires.code"],
            name=op.f("fk_meteo_chiffres_territoire_code_territoires"),
        ),
        sa.PrimaryKeyConstraint("territoire_code", "coupe", "jour", "mesure", name=op.f("pk_meteo_chiffres")),
    )
    op.create_table(
        "meteo_jours",
        sa.Column("jour", sa.Date(), nullable=False),
        sa.Column("calcule_le", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("jour", name=op.f("pk_meteo_jours")),
    )
    op.create_table(
        "meteo_reprises",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("depuis", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meteo_reprises")),
    )


def downgrade():
    op.drop_table("meteo_reprises")
    op.drop_table("meteo_jours")
    op.drop_table("meteo_chiffres")
    op.drop_table("echeances_remplacees")
    op.drop_index(op.f("ix_saisines_reponse_due"), table_name="saisines")
    op.drop_column("saisines", "tenue_le")
    op.drop_index("ix_etapes_traitements", table_name="etapes")
    with op.batch_alter_table("etapes") as batch:
        batch.drop_constraint(op.f("ck_etapes_verdict"), type_="check")
        batch.drop_constraint(op.f("ck_etapes_valeur"), type_="check")
        batch.drop_column("valeur")
