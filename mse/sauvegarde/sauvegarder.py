"""Back up a running instance without blocking it, as a snapshot of one instant."""

import os
import time
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from sqlalchemy import Connection, Engine, Table, text

from mse.bilans.models import EnvoiBilan
from mse.core.clock import now
from mse.core.database import reading
from mse.core.errors import DonneeInvalide
from mse.core.files.store import Store, is_disk_full
from mse.core.text import _
from mse.demarche import DOSSIER
from mse.echanges.models import PieceMessage
from mse.fiches.models import Piece
from mse.imports.models import ImportOrganismes
from mse.impressions.models import Impression
from mse.initiatives.models import Document
from mse.meteo.models import Bulletin
from mse.redaction.models import PieceReponse
from mse.sauvegarde.lignes import Somme, checksum_lines, iterate_lines, reflect_tables, write_header
from mse.sauvegarde.manifeste import NOM, Manifeste, copy, is_application_file, nom_fichier, nom_table

AT_REST = 10  # seconds since the last write; storing a file takes one or two
STORES: tuple[Store, ...] = (
    Bulletin.store,
    Document.store,
    EnvoiBilan.store,
    ImportOrganismes.store,
    Impression.store,
    Piece.store,
    PieceMessage.store,
    PieceReponse.store,
    Store(DOSSIER),
)


def sauvegarder(engine: Engine, fichier: Path) -> Manifeste:
    """Write the backup to `fichier`, which must not exist; nothing is left there after an error. Raises
    `DonneeInvalide`.

    A file never changes once a row names it (ADR 13). Files not written for 10 seconds (at rest) are
    therefore copied before the snapshot of the rows. Recent files, which may still be written, are opened
    just before and after the snapshot begins, and copied during it: each row has its complete file, even if
    that file is removed meanwhile.
    """
    if fichier.exists():
        raise DonneeInvalide(_("%(fichier)s existe déjà : choisissez un autre nom.", fichier=str(fichier)))
    manifeste = Manifeste(revision="", le="")
    try:
        with _atomic_file(fichier) as sortie, _zip(sortie) as archive:
            _add_files(archive, manifeste, _open_files(manifeste, at_rest=True))
            with ExitStack() as held, _snapshot(engine) as connection:
                young = {nom: held.enter_context(file) for nom, file in _open_files(manifeste)}
                manifeste.revision = _exige_revision(connection)  # the snapshot begins
                manifeste.le = now().isoformat()
                young |= {
                    nom: held.enter_context(file) for nom, file in _open_files(manifeste) if nom not in young
                }
                _add_files(archive, manifeste, young.items())
                for table in reflect_tables(connection):
                    manifeste.tables[table.name] = _add_table(archive, connection, table)
            archive.writestr(NOM, manifeste.write())
    except OSError as error:
        raise DonneeInvalide(_why_not(error, fichier)) from error
    return manifeste


@contextmanager
def _atomic_file(fichier: Path) -> Iterator[IO[bytes]]:
    """Yield a private temporary file beside `fichier`, renamed to it after it is flushed to disk."""
    with NamedTemporaryFile(
        dir=fichier.parent, prefix=f"{fichier.name}.", suffix=".partiel", delete=False
    ) as partiel:
        try:
            yield partiel
            partiel.flush()
            os.fsync(partiel.fileno())
            os.rename(partiel.name, fichier)
        except BaseException:
            os.unlink(partiel.name)
            raise


def _zip(sortie: IO[bytes]) -> zipfile.ZipFile:
    return zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED, compresslevel=4)


def read_revision(connection: Connection) -> str | None:
    """Return the revision of the schema; None if the database has no tables."""
    if not connection.dialect.has_table(connection, "alembic_version"):
        return None
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def _exige_revision(connection: Connection) -> str:
    """Return the revision. Raises `DonneeInvalide` for an empty database:
    a wrong setting must not produce empty backups every night."""
    revision = read_revision(connection)
    if revision is None:
        raise DonneeInvalide(
            _("Il n’y a rien à sauvegarder : cette base n’a pas de tables. Est-ce la bonne instance ?")
        )
    return revision


@contextmanager
def _snapshot(engine: Engine) -> Iterator[Connection]:
    """Open a transaction in which every statement sees the rows of the first one."""
    if engine.dialect.name == "postgresql":
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with engine.connect().execution_options(**options) as connection:
            yield connection
    else:
        with reading(), engine.connect() as connection:
            yield connection


def _open_files(manifeste: Manifeste, *, at_rest: bool = False) -> Iterator[tuple[str, IO[bytes]]]:
    """Yield (path in the backup, open file) for the files that the manifest does not list yet; with
    `at_rest`, only those at rest. A file removed meanwhile is skipped: its row was deleted before."""
    for store in STORES:
        for chemin in sorted(filter(_is_backed_up, store.root.glob("*"))):
            nom = f"{store.folder}/{chemin.name}"
            with suppress(FileNotFoundError):
                if nom not in manifeste.fichiers and (not at_rest or _is_at_rest(chemin)):
                    yield nom, open(chemin, "rb")  # noqa: SIM115 (the caller closes it)


def list_omitted_files() -> list[str]:
    """Return the files in the backed-up folders that the backup leaves out."""
    return sorted(
        f"{store.folder}/{chemin.name}"
        for store in STORES
        for chemin in store.root.glob("*")
        if not _is_backed_up(chemin)
    )


def _is_backed_up(chemin: Path) -> bool:
    """True for a file with a name that the application gives (see `is_application_file`)."""
    return is_application_file(chemin.name) and not chemin.is_dir()


def _is_at_rest(chemin: Path) -> bool:
    return time.time() - chemin.stat().st_mtime > AT_REST


def _add_files(
    archive: zipfile.ZipFile, manifeste: Manifeste, files: Iterable[tuple[str, IO[bytes]]]
) -> None:
    for nom, source in files:
        with source, archive.open(nom_fichier(nom), "w", force_zip64=True) as target:
            manifeste.fichiers[nom] = copy(source, target)


def _add_table(archive: zipfile.ZipFile, connection: Connection, table: Table) -> Somme:
    with archive.open(nom_table(table.name), "w", force_zip64=True) as target:
        target.write(write_header(table))
        return checksum_lines(iterate_lines(connection, table), target.write)


def _why_not(error: OSError, fichier: Path) -> str:
    if is_disk_full(error):
        return _("Il n’y a plus assez de place pour écrire %(fichier)s.", fichier=str(fichier))
    return _(
        "%(fichier)s ne peut pas être écrit : %(raison)s.", fichier=str(fichier), raison=str(error.strerror)
    )
