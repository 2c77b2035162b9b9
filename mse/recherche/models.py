"""The search index. Everything here is derived: `mse reindexer` writes it again from the other tables."""

from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mse.core.database import state
from mse.extensions import Model

TABLES = "recherche_"  # prefix of all tables of the index, which backups leave out
# The full-text index of the database, kept up to date by triggers on `recherche_documents`: an FTS5 table on
# SQLite, a table with a tsvector on PostgreSQL.
PLEIN_TEXTE = "recherche_plein_texte"

_LARGE = BigInteger().with_variant(Integer, "sqlite")
_BYTES = Text().with_variant(Text(collation="C"), "postgresql")


class Genre(StrEnum):
    """What a document is. The order is part of the ids of documents: add at the end."""

    FICHE = "fiche"
    REPONSE = "reponse"
    INITIATIVE = "initiative"
    ACTEUR = "acteur"
    REPERE = "repere"


class Sujet(StrEnum):
    """The object whose page shows a document. Its documents are indexed together."""

    FICHE = "fiche"
    INITIATIVE = "initiative"
    ACTEUR = "acteur"
    REPERE = "repere"


class DocumentRecherche(Model):
    """A text that can be found, as stems. The newest document has the greatest id (see `make_id`), because
    both databases read their index in the order of ids."""

    __tablename__ = f"{TABLES}documents"
    __table_args__ = (UniqueConstraint("genre", "objet_id"), Index(None, "sujet", "sujet_id"))

    id: Mapped[int] = mapped_column(_LARGE, primary_key=True, autoincrement=False)
    genre: Mapped[Genre] = mapped_column(state(Genre))
    objet_id: Mapped[int]
    sujet: Mapped[Sujet] = mapped_column(state(Sujet))
    sujet_id: Mapped[int]
    titre: Mapped[str] = mapped_column(Text)  # stems, separated by spaces
    texte: Mapped[str] = mapped_column(Text)  # stems
    # One token for each value of a filter that the document has, then for each word of its thème and place.
    filtres: Mapped[str] = mapped_column(Text)


class FacettesRecherche(Model):
    """What counts and orders need of a document. The rows are narrow, because a search reads a thousand."""

    __tablename__ = f"{TABLES}facettes"

    id: Mapped[int] = mapped_column(
        _LARGE, ForeignKey(DocumentRecherche.id, ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    personnes: Mapped[int]
    filtres: Mapped[str] = mapped_column(Text)  # the tokens of filters


class AIndexer(Model):
    """A subject that changed. Rows are added in the transaction of the change and deleted by the worker."""

    __tablename__ = f"{TABLES}a_indexer"

    id: Mapped[int] = mapped_column(primary_key=True)
    sujet: Mapped[Sujet] = mapped_column(state(Sujet))
    objet_id: Mapped[int]
    suite: Mapped[bool] = mapped_column(default=False)  # all subjects with a greater id, instead of this one


class Mot(Model):
    """A folded word of the documents and its stem. A word that no document holds any more may stay until the
    next `mse reindexer`."""

    __tablename__ = f"{TABLES}mots"

    mot: Mapped[str] = mapped_column(_BYTES, primary_key=True)
    racine: Mapped[str] = mapped_column(_BYTES, index=True)


class Variante(Model):
    """A word, or what remains of it without one letter: two words at one typing mistake share a variante."""

    __tablename__ = f"{TABLES}variantes"

    variante: Mapped[str] = mapped_column(_BYTES, primary_key=True)
    mot: Mapped[str] = mapped_column(_BYTES, primary_key=True)
