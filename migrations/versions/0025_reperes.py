"""Repères, their past versions, links and places; and their documents in the search index.

Revision ID: 0025_reperes
Revises: 0024_soutiens_et_doublons
"""

import sqlalchemy as sa
from alembic import op

revision = "0025_reperes"
down_revision = "0024_soutiens_et_doublons"
branch_labels = None
depends_on = None

STATUTS = ("brouillon", "publie", "remplace", "retire")
GENRES = ("fiche", "reponse", "initiative", "acteur")
SUJETS = ("fiche", "initiative", "acteur")
COMPLET = (
    "statut = 'brouillon' OR (publie_le IS NOT NULL AND valable_du IS NOT NULL "
    "AND a_revoir_le > valable_du AND texte <> '' AND base <> '')"
)
# The triggers of 0019, which SQLite drops with the table when its constraints change.
TRIGGERS = (
    """CREATE TRIGGER recherche_ajout AFTER INSERT ON recherche_documents BEGIN
    INSERT INTO recherche_plein_texte(rowid, titre, texte, reperes)
    VALUES (new.id, new.titre, new.texte, new.reperes);
END""",
    """CREATE TRIGGER recherche_retrait AFTER DELETE ON recherche_documents BEGIN
    INSERT INTO recherche_plein_texte(recherche_plein_texte, rowid, titre, texte, reperes)
    VALUES ('delete', old.id, old.titre, old.texte, old.reperes);
END""",
    """CREATE TRIGGER recherche_changement BEFORE UPDATE ON recherche_documents BEGIN
    SELECT RAISE(ABORT, 'documents are replaced, not updated');
END""",
)


def upgrade():
    op.create_table(
        "reperes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cle", sa.String(length=36), nullable=False),
        sa.Column("acteur_id", sa.Integer()),
        sa.Column(
            "statut",
            sa.Enum(*STATUTS, name="statutrepere", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        *_texte(),
        sa.Column("valable_du", sa.Date()),
        sa.Column("a_revoir_le", sa.Date()),
        sa.Column("numero", sa.Integer(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("publie_le", sa.DateTime(timezone=True)),
        sa.Column("confirme_le", sa.DateTime(timezone=True)),
        sa.Column("rappele_le", sa.Date()),
        sa.Column("fini_le", sa.DateTime(timezone=True)),
        sa.Column("motif", sa.Text()),
        sa.Column("remplace_par_id", sa.Integer()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(COMPLET, name=op.f("ck_reperes_complet")),
        sa.CheckConstraint(
            "(statut IN ('remplace', 'retire')) = (fini_le IS NOT NULL)", name=op.f("ck_reperes_fini")
        ),
        sa.CheckConstraint(
            "(statut = 'remplace') = (remplace_par_id IS NOT NULL)", name=op.f("ck_reperes_remplace")
        ),
        sa.CheckConstraint("remplace_par_id <> id", name=op.f("ck_reperes_autre")),
        sa.ForeignKeyConstraint(["acteur_id"], ["acteurs.id"], name=op.f("fk_reperes_acteur_id_acteurs")),
        sa.ForeignKeyConstraint(
            ["remplace_par_id"], ["reperes.id"], name=op.f("fk_reperes_remplace_par_id_reperes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reperes")),
        sa.UniqueConstraint("cle", name=op.f("uq_reperes_cle")),
    )
    op.create_index(op.f("ix_reperes_acteur_id_statut"), "reperes", ["acteur_id", "statut"])
    op.create_index(op.f("ix_reperes_remplace_par_id"), "reperes", ["remplace_par_id"])
    _partial("ix_reperes_a_revoir", "reperes", ["a_revoir_le", "id"], "statut = 'publie'")
    _partial("ix_reperes_de_l_association", "reperes", ["statut", "id"], "acteur_id IS NULL")
    op.create_table(
        "reperes_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("repere_id", sa.Integer(), nullable=False),
        sa.Column("numero", sa.Integer(), nullable=False),
        *_texte(),
        sa.Column("valable_du", sa.Date(), nullable=False),
        sa.Column("du", sa.DateTime(timezone=True), nullable=False),
        sa.Column("au", sa.DateTime(timezone=True), nullable=False),
        sa.Column("motif", sa.Text(), nullable=False),
        _to_repere("reperes_versions"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reperes_versions")),
        sa.UniqueConstraint("repere_id", "numero", name=op.f("uq_reperes_versions_repere_id_numero")),
    )
    op.create_table(
        "reperes_fiches",
        sa.Column("repere_id", sa.Integer(), nullable=False),
        sa.Column("fiche_id", sa.Integer(), nullable=False),
        sa.Column("etape_id", sa.Integer()),
        sa.Column("lie_le", sa.DateTime(timezone=True), nullable=False),
        _to_repere("reperes_fiches"),
        sa.ForeignKeyConstraint(["fiche_id"], ["fiches.id"], name=op.f("fk_reperes_fiches_fiche_id_fiches")),
        sa.ForeignKeyConstraint(["etape_id"], ["etapes.id"], name=op.f("fk_reperes_fiches_etape_id_etapes")),
        sa.PrimaryKeyConstraint("repere_id", "fiche_id", name=op.f("pk_reperes_fiches")),
    )
    op.create_index(op.f("ix_reperes_fiches_fiche_id"), "reperes_fiches", ["fiche_id"])
    _partial("ix_reperes_fiches_etape", "reperes_fiches", ["etape_id"], "etape_id IS NOT NULL")
    _partial("uq_reperes_fiches_origine", "reperes_fiches", ["repere_id"], "etape_id IS NOT NULL", unique=True)
    op.create_table(
        "reperes_portees",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("repere_id", sa.Integer(), nullable=False),
        sa.Column("theme_code", sa.String(length=40)),
        sa.Column("territoire_code", sa.String(length=16), nullable=False),
        sa.Column("est_ici", sa.Boolean(), nullable=False),
        sa.Column("publie_le", sa.DateTime(timezone=True), nullable=False),
        _to_repere("reperes_portees"),
        sa.ForeignKeyConstraint(
            ["theme_code"], ["themes.code"], name=op.f("fk_reperes_portees_theme_code_themes")
        ),
        sa.ForeignKeyConstraint(
            ["territoire_code"],
            ["territoires.code"],
            name=op.f("fk_reperes_portees_territoire_code_territoires"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reperes_portees")),
        sa.UniqueConstraint(
            "repere_id",
            "theme_code",
            "territoire_code",
            name=op.f("uq_reperes_portees_repere_id_theme_code_territoire_code"),
        ),
    )
    op.create_index(
        "ix_reperes_portees_liste",
        "reperes_portees",
        ["territoire_code", "theme_code", "est_ici", "publie_le", "repere_id"],
    )
    op.add_column("fiches", sa.Column("nombre_reperes", sa.Integer(), server_default="0", nullable=False))
    _allow_in_search((*GENRES, "repere"), (*SUJETS, "repere"))


def downgrade():
    op.execute("DELETE FROM recherche_a_indexer WHERE sujet = 'repere'")
    op.execute("DELETE FROM recherche_documents WHERE sujet = 'repere'")
    _allow_in_search(GENRES, SUJETS)
    op.drop_column("fiches", "nombre_reperes")
    for table in ("reperes_portees", "reperes_fiches", "reperes_versions", "reperes"):
        op.drop_table(table)


def _texte():
    return (
        sa.Column("titre", sa.String(length=120), nullable=False),
        sa.Column("texte", sa.Text(), nullable=False),
        sa.Column("texte_html", sa.Text(), nullable=False),
        sa.Column("base", sa.String(length=500), nullable=False),
        sa.Column("base_lien", sa.String(length=500)),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.Column("territoires", sa.JSON(), nullable=False),
    )


def _to_repere(table):
    name = op.f(f"fk_{table}_repere_id_reperes")
    return sa.ForeignKeyConstraint(["repere_id"], ["reperes.id"], name=name, ondelete="CASCADE")


def _partial(name, table, columns, where, unique=False):
    condition = sa.text(where)
    op.create_index(
        name, table, columns, unique=unique, sqlite_where=condition, postgresql_where=condition
    )


def _allow_in_search(genres, sujets):
    for table, constraints in {
        "recherche_documents": {"genre": genres, "sujet": sujets},
        "recherche_a_indexer": {"sujet": sujets},
    }.items():
        with op.batch_alter_table(table) as batch:
            for column, values in constraints.items():
                name = op.f(f"ck_{table}_{column}")
                batch.drop_constraint(name, type_="check")
                batch.create_check_constraint(name, f"{column} IN {values}")
    if op.get_bind().dialect.name == "sqlite":
        for trigger in TRIGGERS:
            op.get_bind().exec_driver_sql(trigger)
