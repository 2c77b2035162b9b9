"""Base model of rows that name an uploaded file, and how file and row are written together (ADR 13)."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, ClassVar, Self

from sqlalchemy import String, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from mse.core.clock import now
from mse.core.database import UTCDateTime, reading, state
from mse.core.errors import DonneeInvalide, ErreurMetier
from mse.core.files.formats import Format
from mse.core.files.prepare import Prepared, prepare
from mse.core.files.store import PlusDePlace, Store
from mse.core.use_cases import release
from mse.extensions import Model, db

Keep = Callable[..., list[str]]  # writes the row of a stored file; see `attach_files`
KeepAll = Callable[[Sequence[Any]], list[str]]  # writes the rows of all files; see `attach_all_files`


class Stored(Model):
    """Columns of a row that names a file and its thumbnail, both kept in `store`."""

    __abstract__ = True
    store: ClassVar[Store]

    nom: Mapped[str] = mapped_column(String(100))  # the displayed name
    format: Mapped[Format] = mapped_column(state(Format))
    taille: Mapped[int]  # bytes
    empreinte: Mapped[str] = mapped_column(String(64))
    fichier: Mapped[str] = mapped_column(String(40), unique=True)
    vignette: Mapped[str | None] = mapped_column(String(40), unique=True)
    ajoutee_le: Mapped[datetime] = mapped_column(UTCDateTime)

    @classmethod
    def of(cls, ready: Prepared, fichier: str, vignette: str | None = None, **owner: int) -> Self:
        """Build the row of a prepared file. `owner`: column and id of the object that it belongs to."""
        return cls(
            nom=ready.name,
            format=ready.format,
            taille=ready.size,
            empreinte=ready.digest,
            fichier=fichier,
            vignette=vignette,
            ajoutee_le=now(),
            **owner,
        )

    @property
    def chemin(self) -> Path:
        return self.store.path(self.fichier)

    @property
    def chemin_vignette(self) -> Path | None:
        return self.store.path(self.vignette) if self.vignette else None

    @property
    def fichiers(self) -> list[str]:
        """Return names of the stored files to remove with the row."""
        return [nom for nom in (self.fichier, self.vignette) if nom]


@dataclass(frozen=True)
class Envoi:
    """An upload: the name given by the sender, and the content."""

    nom: str
    contenu: IO[bytes]


def attach_files(store: Store, envois: Sequence[Envoi], keep: Keep, *, max_bytes: int) -> list[str]:
    """Store the accepted files with their rows; return a sentence for each refused file.

    Files are checked, encoded and flushed to disk before the transaction that writes the row (ADR 13). A row
    therefore never names a missing file; a file that no row names is an orphan, which `sweep` removes.
    `keep(prepared, name, thumbnail's name)` is that transaction; it returns the names of the files that the
    new row holds.
    """
    release()
    refused = []
    for envoi in envois:
        try:
            _save_with_row(store, prepare(envoi.nom, envoi.contenu, max_bytes=max_bytes), keep)
        except DonneeInvalide as error:
            refused.append(str(error))
        except PlusDePlace as error:
            refused.append(str(error))
            break
    return refused


def attach_all_files(store: Store, envois: Sequence[Envoi], keep: KeepAll, *, max_bytes: int) -> list[str]:
    """Like `attach_files`, for the files of one text: all are stored, or none if one is refused.

    `keep` writes the text and all the rows in one transaction; it returns the names that the rows keep.
    """
    release()
    names: list[str] = []
    refused, ready = [], []
    try:
        for envoi in envois:
            try:
                une = prepare(envoi.nom, envoi.contenu, max_bytes=max_bytes)
            except DonneeInvalide as error:
                refused.append(str(error))
                continue
            siens = []
            for content in (une.content, une.thumbnail):
                if content is not None:
                    siens.append(store.save(content))
                    names.append(siens[-1])
            ready.append((une, *siens))
        kept = [] if refused else keep(ready)
    except PlusDePlace as error:
        store.remove(names)
        return [str(error)]
    except ErreurMetier:
        store.remove(names)
        raise
    store.remove(set(names) - set(kept))
    return refused


def _save_with_row(store: Store, ready: Prepared, keep: Keep) -> None:
    """Save the file and its thumbnail, then call `keep`, which writes the row. If it refuses
    (`ErreurMetier`), remove both files. After any other error the row may have been committed: keep them;
    `sweep` removes orphans."""
    names: list[str] = []
    try:
        for content in (ready.content, ready.thumbnail):
            if content is not None:
                names.append(store.save(content))
        kept = keep(ready, *names)
    except ErreurMetier:
        store.remove(names)
        raise
    store.remove(set(names) - set(kept))


def sweep(model: type[Stored]) -> int:
    """Remove the files left without a row by a crash; return their number. Run by the worker."""

    def known(names: Collection[str]) -> set[str]:
        rows = db.session.execute(
            select(model.fichier, model.vignette).where(
                or_(model.fichier.in_(names), model.vignette.in_(names))
            )
        )
        return {name for row in rows for name in row if name}

    with reading():
        return model.store.sweep(known)
