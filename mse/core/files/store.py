"""Folders of the instance for uploaded files, under random names.
A file is flushed to disk before a row names it."""

import errno
import logging
import os
import secrets
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import IO

from flask import current_app

from mse.core.clock import now
from mse.core.errors import ErreurMetier
from mse.core.text import _

ORPHAN_AFTER = timedelta(days=1)  # no request and no batch lasts that long
_BATCH = 500

logger = logging.getLogger(__name__)


class PlusDePlace(ErreurMetier):
    status = 503

    def __init__(self) -> None:
        super().__init__(
            _("Il n’y a plus de place sur le serveur pour d’autres fichiers. Réessayez un peu plus tard.")
        )


class Store:
    """A folder for the files of one model: `Store("pieces")`. The rows hold the file names."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    @property
    def root(self) -> Path:
        return Path(current_app.instance_path) / self.folder

    def path(self, name: str) -> Path:
        return self.root / name

    def save(self, content: IO[bytes]) -> str:
        """Store the content and return the new name. Raises `PlusDePlace` and leaves no file."""
        name = secrets.token_hex(20)
        self.put_back(name, content)
        return name

    def put_back(self, name: str, content: IO[bytes]) -> None:
        """Like `save`, under a name that a row already holds. Also raises `FileExistsError`."""
        try:
            self._create_folder()
            self._write(self.path(name), content)
        except FileExistsError:
            raise  # the existing file belongs to another row
        except BaseException as error:
            self.remove([name])
            if isinstance(error, OSError) and is_disk_full(error):
                raise PlusDePlace from error
            raise

    def remove(self, names: Iterable[str]) -> None:
        """Remove files. Never raises: a file that cannot be removed is an orphan, for `sweep`."""
        for name in names:
            try:
                self.path(name).unlink(missing_ok=True)
            except OSError:
                logger.exception("a file of %s was not removed", self.folder)

    def sweep(self, known: Callable[[Collection[str]], Collection[str]]) -> int:
        """Remove the files older than a day that no row names; return their number.
        `known(names)` returns the names that rows hold."""
        removed = 0
        old = self._list_older_than(now() - ORPHAN_AFTER)
        while names := list(islice(old, _BATCH)):
            orphans = set(names) - set(known(names))
            self.remove(orphans)
            removed += len(orphans)
        return removed

    def _list_older_than(self, limit: datetime) -> Iterator[str]:
        if not self.root.is_dir():
            return
        for entry in list(os.scandir(self.root)):
            if datetime.fromtimestamp(entry.stat().st_mtime, UTC) < limit:
                yield entry.name

    def _create_folder(self) -> None:
        if not self.root.is_dir():
            self.root.mkdir(mode=0o700, exist_ok=True)
            _flush_folder(self.root.parent)

    @staticmethod
    def _write(path: Path, content: IO[bytes]) -> None:
        content.seek(0)
        with open(path, "xb", opener=_open_private) as file:
            shutil.copyfileobj(content, file, 256 * 1024)
            file.flush()
            os.fsync(file.fileno())
        _flush_folder(path.parent)


def is_disk_full(error: OSError) -> bool:
    return error.errno in (errno.ENOSPC, errno.EDQUOT)


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _flush_folder(folder: Path) -> None:
    """Make the file name survive a power cut. Some systems cannot flush a folder."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
