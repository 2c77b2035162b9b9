"""Restore a backup into an empty instance, on either database, and verify it against its manifest."""

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, Engine, Integer, Table, func, insert, select, text
from sqlalchemy.exc import DataError, IntegrityError

from mse import schema
from mse.core.errors import Conflit, DonneeInvalide
from mse.core.files.store import Store
from mse.core.text import _
from mse.recherche.api import request_all
from mse.sauvegarde.lignes import AT_ONCE, checksum_lines, iterate_lines, read_rows, reflect_tables
from mse.sauvegarde.manifeste import Manifeste, SauvegardeAbimee, is_application_file, nom_fichier, nom_table
from mse.sauvegarde.sauvegarder import STORES, read_revision

_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, IntegrityError, DataError)


class DejaServie(Conflit):
    def __init__(self) -> None:
        super().__init__(
            _("Une sauvegarde se restaure dans une instance neuve, qui n’a encore servi à rien.")
        )


def restaurer(engine: Engine, fichier: Path) -> Manifeste:
    """Restore everything or nothing: the files first (ADR 13), then the rows in one transaction, verified
    before its commit. The rows are restored into the schema of the backup, which is upgraded at the end; the
    worker builds the search index again.

    Raises `DonneeInvalide` if the file is not a backup or is damaged; `Conflit` if the instance is not empty.
    """
    with _open(fichier) as archive:
        manifeste = Manifeste.read(archive)
        _prepare_empty(engine, manifeste)
        written: list[tuple[Store, str]] = []
        try:
            _restore_files(archive, manifeste, written)
            with engine.begin() as connection:
                _restore_tables(connection, archive, manifeste)
        except BaseException as error:
            for store, name in written:
                store.remove([name])
            if isinstance(error, _DAMAGE):
                raise SauvegardeAbimee(_("son contenu ne se lit pas jusqu’au bout")) from error
            if isinstance(error, FileExistsError):
                raise DejaServie from error
            raise
    schema.upgrade()
    request_all()
    return manifeste


def _open(fichier: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(fichier)
    except (OSError, zipfile.BadZipFile) as error:
        raise DonneeInvalide(
            _("%(fichier)s n’existe pas, ou n’est pas une sauvegarde entière.", fichier=str(fichier))
        ) from error


def _prepare_empty(engine: Engine, manifeste: Manifeste) -> None:
    """Create the schema of the backup. Raises `Conflit` if the instance holds a row or a file."""
    if not schema.is_known_revision(manifeste.revision):
        raise DonneeInvalide(_("Cette sauvegarde vient d’une version plus récente : installez-la d’abord."))
    with engine.connect() as connection:
        revision = read_revision(connection)
        full = [
            table.name
            for table in reflect_tables(connection)
            if connection.scalar(select(1).select_from(table).limit(1))
        ]
    full += [store.folder for store in STORES if any(store.root.glob("*"))]
    if full or revision not in (None, manifeste.revision):
        raise DejaServie
    if revision is None:
        schema.upgrade(manifeste.revision)


def _restore_files(archive: zipfile.ZipFile, manifeste: Manifeste, written: list[tuple[Store, str]]) -> None:
    stores = {store.folder: store for store in STORES}
    for fichier, sha256 in manifeste.fichiers.items():
        folder, _slash, name = fichier.partition("/")
        if folder not in stores or not is_application_file(name):
            raise SauvegardeAbimee(_("%(nom)s n’y a pas sa place", nom=fichier))
        store = stores[folder]
        with archive.open(nom_fichier(fichier)) as content:
            store.put_back(name, content)
        written.append((store, name))
        with open(store.path(name), "rb") as kept:
            if hashlib.file_digest(kept, "sha256").hexdigest() != sha256:
                raise SauvegardeAbimee(_("%(nom)s a changé depuis", nom=fichier))


def _restore_tables(connection: Connection, archive: zipfile.ZipFile, manifeste: Manifeste) -> None:
    tables = reflect_tables(connection)
    if {table.name for table in tables} != set(manifeste.tables):
        raise SauvegardeAbimee(_("ses tables ne sont pas celles de sa version"))
    with _deferred_foreign_keys(connection, tables):
        for table in tables:
            _fill(connection, archive, table)
    for table in tables:
        if checksum_lines(iterate_lines(connection, table)) != manifeste.tables[table.name]:
            raise SauvegardeAbimee(_("la table %(nom)s n’est pas revenue entière", nom=table.name))
    if connection.dialect.name == "postgresql":
        _advance_sequences(connection, tables)


def _fill(connection: Connection, archive: zipfile.ZipFile, table: Table) -> None:
    with archive.open(nom_table(table.name)) as lines:
        header = next(lines, b"[]")
        rows = read_rows(table, header, lines, naive=connection.dialect.name == "sqlite")
        while lot := list(islice(rows, AT_ONCE)):
            connection.execute(insert(table), lot)


@contextmanager
def _deferred_foreign_keys(connection: Connection, tables: list[Table]) -> Iterator[None]:
    """Defer the foreign key checks: a row may reference a later one, as fiches and promotions do."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        yield
        return
    quote = connection.dialect.identifier_preparer.quote
    links = [
        f"ALTER TABLE {quote(table.name)} ALTER CONSTRAINT {quote(str(link.name))}"
        for table in tables
        for link in table.foreign_key_constraints
    ]
    for link in links:
        connection.exec_driver_sql(f"{link} DEFERRABLE INITIALLY DEFERRED")
    yield
    connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
    for link in links:
        connection.exec_driver_sql(f"{link} NOT DEFERRABLE")


def _advance_sequences(connection: Connection, tables: list[Table]) -> None:
    """Set each sequence to the highest restored id."""
    for table in tables:
        for column in table.primary_key:
            sequence = isinstance(column.type, Integer) and connection.scalar(
                text("SELECT pg_get_serial_sequence(:table, :column)"),
                {"table": table.name, "column": column.name},
            )
            last = sequence and connection.scalar(select(func.max(column)))
            if last:
                connection.execute(select(func.setval(sequence, last)))
