"""Check office documents (DOCX, ODT), which are ZIP archives: no zip bomb, no macro, no path traversal."""

import zlib
from collections.abc import Callable, Collection
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from mse.core.errors import DonneeInvalide
from mse.core.text import _

ENTRIES_MAX = 2_000
UNPACKED_MAX = 100 * 1024 * 1024
PART_MAX = 1024 * 1024  # bytes of a part that declares the document type

_ENCRYPTED = 0x1
_DIRECTORY_ENTRY = b"PK\x01\x02"
_DECLARATIONS = ("[Content_Types].xml", "mimetype")


def check_office(
    content: IO[bytes], *, macros: Collection[str], declares: Callable[[dict[str, bytes]], bool]
) -> None:
    """Check an archive. Raises `DonneeInvalide`.

    `declares` reads the parts that declare the document type; `macros` are marks in the names of parts that
    hold programs. Every part is decompressed once, without storing it, to detect wrong sizes and checksums.
    """
    try:
        if content.read().count(_DIRECTORY_ENTRY) > ENTRIES_MAX:  # before ZipFile creates an object for each
            raise _too_big()
        with ZipFile(content) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > UNPACKED_MAX:
                raise _too_big()
            if any(entry.flag_bits & _ENCRYPTED for entry in entries):
                raise DonneeInvalide(_("il est protégé par un mot de passe : enlevez-le, puis recommencez."))
            if any(_is_strange(entry) for entry in entries):
                raise DonneeInvalide(_("sa structure n’est pas celle d’un document."))
            if any(mark in entry.filename.lower() for entry in entries for mark in macros):
                raise DonneeInvalide(_("il contient un programme (macro). Enregistrez-le sans macro."))
            small = {
                e.filename: e for e in entries if e.filename in _DECLARATIONS and e.file_size <= PART_MAX
            }
            if not declares({name: archive.read(entry) for name, entry in small.items()}):
                raise DonneeInvalide(_("son contenu n’est pas celui d’un document de ce format."))
            if archive.testzip() is not None:
                raise BadZipFile
    except (
        BadZipFile,
        LargeZipFile,
        zlib.error,
        EOFError,
        OverflowError,
        RuntimeError,  # a ZIP feature that Python does not support
        ValueError,
    ) as error:
        raise DonneeInvalide(_("il est abîmé ou incomplet : nous n’avons pas pu le lire.")) from error


def _too_big() -> DonneeInvalide:
    return DonneeInvalide(_("une fois déplié, il est beaucoup trop gros."))


def _is_strange(entry: ZipInfo) -> bool:
    """True if the path leaves its folder, or if the compression method is not used by office programs."""
    name = entry.filename
    escapes = name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")
    return escapes or entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED)
