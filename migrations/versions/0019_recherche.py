"""The search index: documents, vocabulary, queue, and the full-text index that triggers keep up to date.

Revision ID: 0019_recherche
Revises: 0018_envois_de_bilans
"""

import sqlalchemy as sa
from alembic import op

revision = "0019_recherche"
down_revision = "0018_envois_de_bilans"
branch_labels = None
depends_on = None

GENRES = ("fiche", "reponse", "initiative", "acteur")
SUJETS = ("fiche", "initiative", "acteur")

# `detail=column`: the columns that hold a word, not its places. `columnsize=0`: the rank function is not used.
SQLITE = """
CREATE VIRTUAL TABLE recherche_plein_texte USING fts5(
    titre, texte, reperes, content='recherche_documents', content_rowid='id', detail='column', columnsize=0,
    tokenize='ascii'
);
CREATE TRIGGER recherche_ajout AFTER INSERT ON recherche_documents BEGIN
    INSERT INTO recherche_plein_texte(rowid, titre, texte, reperes)
    VALUES (new.id, new.titre, new.texte, new.reperes);
END;
CREATE TRIGGER recherche_retrait AFTER DELETE ON recherche_documents BEGIN
    INSERT INTO recherche_plein_texte(recherche_plein_texte, rowid, titre, texte, reperes)
    VALUES ('delete', old.id, old.titre, old.texte, old.reperes);
END;
CREATE TRIGGER recherche_changement BEFORE UPDATE ON recherche_documents BEGIN
    SELECT RAISE(ABORT, 'documents are replaced, not updated');
END
"""
# Stems are written as lexemes with their weight; the text parser of PostgreSQL would cut some of them.
POSTGRESQL = r"""
CREATE TABLE recherche_plein_texte (
    id bigint PRIMARY KEY REFERENCES recherche_documents (id) ON DELETE CASCADE,
    vecteur tsvector NOT NULL
);
CREATE INDEX ix_recherche_plein_texte_vecteur ON recherche_plein_texte USING gin (vecteur);
CREATE FUNCTION recherche_ajout() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO recherche_plein_texte (id, vecteur) VALUES (
        new.id,
        (regexp_replace(new.titre, '\S+', '\&:1A', 'g') || ' ' || regexp_replace(new.texte, '\S+', '\&:2D', 'g')
            || ' ' || regexp_replace(new.reperes, '\S+', '\&:3C', 'g'))::tsvector
    );
    RETURN NULL;
END $$;
CREATE TRIGGER recherche_ajout AFTER INSERT ON recherche_documents
    FOR EACH ROW EXECUTE FUNCTION recherche_ajout();
CREATE FUNCTION recherche_changement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'documents are replaced, not updated';
END $$;
CREATE TRIGGER recherche_changement BEFORE UPDATE ON recherche_documents
    FOR EACH ROW EXECUTE FUNCTION recherche_changement()
"""


def upgrade():
    octets = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.create_table(
        "recherche_documents",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("genre", _etat("genre", GENRES), nullable=False),
        sa.Column("objet_id", sa.Integer(), nullable=False),
        sa.Column("sujet", _etat("sujet", SUJETS), nullable=False),
        sa.Column("sujet_id", sa.Integer(), nullable=False),
        sa.Column("titre", sa.Text(), nullable=False),
        sa.Column("texte", sa.Text(), nullable=False),
        sa.Column("reperes", sa.Text(), nullable=False),
        sa.Column("personnes", sa.Integer(), nullable=False),
        sa.Column("themes", sa.Text(), nullable=False),
        sa.Column("territoires", sa.Text(), nullable=False),
        sa.Column("statut", sa.String(length=40)),
        sa.Column("annee", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recherche_documents")),
        sa.UniqueConstraint("genre", "objet_id", name=op.f("uq_recherche_documents_genre_objet_id")),
    )
    op.create_index(op.f("ix_recherche_documents_sujet_sujet_id"), "recherche_documents", ["sujet", "sujet_id"])
    op.create_table(
        "recherche_a_indexer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sujet", _etat("sujet", SUJETS), nullable=False),
        sa.Column("objet_id", sa.Integer(), nullable=False),
        sa.Column("suite", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recherche_a_indexer")),
    )
    op.create_table(
        "recherche_mots",
        sa.Column("mot", octets, nullable=False),
        sa.Column("racine", octets, nullable=False),
        sa.PrimaryKeyConstraint("mot", name=op.f("pk_recherche_mots")),
    )
    op.create_index(op.f("ix_recherche_mots_racine"), "recherche_mots", ["racine"])
    op.create_table(
        "recherche_variantes",
        sa.Column("variante", octets, nullable=False),
        sa.Column("mot", octets, nullable=False),
        sa.PrimaryKeyConstraint("variante", "mot", name=op.f("pk_recherche_variantes")),
    )
    if op.get_bind().dialect.name == "sqlite":
        for statement in SQLITE.split(";\nCREATE"):
            op.execute(sa.text(_begin(statement).replace(":", r"\:")))
    else:
        op.get_bind().exec_driver_sql(POSTGRESQL.replace("%", "%%"))
    for sujet in SUJETS:  # the worker indexes what the instance already holds
        op.execute(f"INSERT INTO recherche_a_indexer (sujet, objet_id, suite) VALUES ('{sujet}', 0, true)")


def downgrade():
    op.drop_table("recherche_plein_texte")
    for table in ("variantes", "mots", "a_indexer", "documents"):
        op.drop_table(f"recherche_{table}")
    if op.get_bind().dialect.name == "postgresql":
        for fonction in ("ajout", "changement"):
            op.execute(f"DROP FUNCTION recherche_{fonction}()")


def _etat(nom, valeurs):
    return sa.Enum(*valeurs, name=nom, native_enum=False, create_constraint=True, length=32)


def _begin(statement):
    statement = statement.strip()
    return statement if statement.startswith("CREATE") else f"CREATE {statement}"
