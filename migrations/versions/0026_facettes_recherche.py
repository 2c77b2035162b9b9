"""The search index apart from what filters and orders need: one narrow row for each document.

Revision ID: 0026_facettes_recherche
Revises: 0025_reperes
"""

import sqlalchemy as sa
from alembic import op

revision = "0026_facettes_recherche"
down_revision = "0025_reperes"
branch_labels = None
depends_on = None

GENRES = ("fiche", "reponse", "initiative", "acteur", "repere")
SUJETS = ("fiche", "initiative", "acteur", "repere")

# `detail=column`: the columns that hold a word, not its places. `columnsize=0`: the rank function is not used.
SQLITE = (
    """CREATE VIRTUAL TABLE recherche_plein_texte USING fts5(
        titre, texte, filtres, content='recherche_documents', content_rowid='id', detail='column', columnsize=0,
        tokenize='ascii'
    )""",
    """CREATE TRIGGER recherche_ajout AFTER INSERT ON recherche_documents BEGIN
        INSERT INTO recherche_plein_texte(rowid, titre, texte, filtres)
        VALUES (new.id, new.titre, new.texte, new.filtres);
    END""",
    """CREATE TRIGGER recherche_retrait AFTER DELETE ON recherche_documents BEGIN
        INSERT INTO recherche_plein_texte(recherche_plein_texte, rowid, titre, texte, filtres)
        VALUES ('delete', old.id, old.titre, old.texte, old.filtres);
    END""",
    """CREATE TRIGGER recherche_changement BEFORE UPDATE ON recherche_documents BEGIN
        SELECT RAISE(ABORT, 'documents are replaced, not updated');
    END""",
)
# A stem of a title is written a second time after a T, a filter after an F. With the weights of a tsvector instead,
# PostgreSQL would read every document that its index finds again. The text parser would cut some stems.
POSTGRESQL = (
    """CREATE TABLE recherche_plein_texte (
        id bigint PRIMARY KEY REFERENCES recherche_documents (id) ON DELETE CASCADE,
        vecteur tsvector NOT NULL
    )""",
    "CREATE INDEX ix_recherche_plein_texte_vecteur ON recherche_plein_texte USING gin (vecteur)",
    r"""CREATE OR REPLACE FUNCTION recherche_ajout() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO recherche_plein_texte (id, vecteur) VALUES (
            new.id,
            (new.titre || ' ' || regexp_replace(new.titre, '\S+', 'T\&', 'g') || ' ' || new.texte || ' '
                || regexp_replace(new.filtres, '\S+', 'F\&', 'g'))::tsvector
        );
        RETURN NULL;
    END $$""",
    """CREATE TRIGGER recherche_ajout AFTER INSERT ON recherche_documents
        FOR EACH ROW EXECUTE FUNCTION recherche_ajout()""",
    """CREATE TRIGGER recherche_changement BEFORE UPDATE ON recherche_documents
        FOR EACH ROW EXECUTE FUNCTION recherche_changement()""",
)

# The function of the revision before.
BEFORE = r"""CREATE OR REPLACE FUNCTION recherche_ajout() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO recherche_plein_texte (id, vecteur) VALUES (
            new.id,
            (regexp_replace(new.titre, '\S+', '\&:1A', 'g') || ' ' || regexp_replace(new.texte, '\S+', '\&:2D', 'g')
                || ' ' || regexp_replace(new.reperes, '\S+', '\&:3C', 'g'))::tsvector
        );
        RETURN NULL;
    END $$"""


def upgrade():
    op.drop_table("recherche_plein_texte")
    op.drop_table("recherche_documents")
    _create_documents(sa.Column("filtres", sa.Text(), nullable=False))
    op.create_table(
        "recherche_facettes",
        _id(),
        sa.Column("personnes", sa.Integer(), nullable=False),
        sa.Column("filtres", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["id"],
            ["recherche_documents.id"],
            name=op.f("fk_recherche_facettes_id_recherche_documents"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recherche_facettes")),
    )
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)
    _index_everything_again()


def downgrade():
    op.drop_table("recherche_plein_texte")
    op.drop_table("recherche_facettes")
    op.drop_table("recherche_documents")
    _create_documents(
        sa.Column("reperes", sa.Text(), nullable=False),
        sa.Column("personnes", sa.Integer(), nullable=False),
        sa.Column("themes", sa.Text(), nullable=False),
        sa.Column("territoires", sa.Text(), nullable=False),
        sa.Column("statut", sa.String(length=40)),
        sa.Column("annee", sa.Integer()),
    )
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else (*POSTGRESQL, BEFORE):
        op.get_bind().exec_driver_sql(statement.replace("filtres", "reperes"))
    _index_everything_again()


def _create_documents(*columns):
    op.create_table(
        "recherche_documents",
        _id(),
        sa.Column("genre", _etat("genre", GENRES), nullable=False),
        sa.Column("objet_id", sa.Integer(), nullable=False),
        sa.Column("sujet", _etat("sujet", SUJETS), nullable=False),
        sa.Column("sujet_id", sa.Integer(), nullable=False),
        sa.Column("titre", sa.Text(), nullable=False),
        sa.Column("texte", sa.Text(), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recherche_documents")),
        sa.UniqueConstraint("genre", "objet_id", name=op.f("uq_recherche_documents_genre_objet_id")),
    )
    op.create_index(op.f("ix_recherche_documents_sujet_sujet_id"), "recherche_documents", ["sujet", "sujet_id"])


def _index_everything_again():
    """Ask the worker for it; the index is derived from other tables."""
    op.execute("DELETE FROM recherche_a_indexer")
    for table in ("variantes", "mots"):
        op.execute(f"DELETE FROM recherche_{table}")
    for sujet in SUJETS:
        op.execute(f"INSERT INTO recherche_a_indexer (sujet, objet_id, suite) VALUES ('{sujet}', 0, true)")


def _id():
    integer = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column("id", integer, autoincrement=False, nullable=False)


def _etat(nom, valeurs):
    return sa.Enum(*valeurs, name=nom, native_enum=False, create_constraint=True, length=32)
