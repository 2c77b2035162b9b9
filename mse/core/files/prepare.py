"""Check one uploaded file and prepare it for storage, without metadata. Slow: outside any transaction."""

import hashlib
import os
import re
import unicodedata
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from mse.core.errors import DonneeInvalide
from mse.core.files.formats import Format, extension_of, recognise
from mse.core.files.images import redraw
from mse.core.files.metadata import strip_office, strip_pdf
from mse.core.text import _, clean

NAME_MAX = 100

_FORBIDDEN = re.compile(r'[<>:"|?*]')  # in file names, on some operating systems


@dataclass(frozen=True)
class Prepared:
    name: str  # the displayed name: the sender's, cleaned
    format: Format
    digest: str  # SHA-256 of the upload, to recognise duplicates
    content: IO[bytes]
    size: int
    thumbnail: IO[bytes] | None


def prepare(name: str, content: IO[bytes], *, max_bytes: int) -> Prepared:
    """Check a file; encode images again, strip documents. Raises `DonneeInvalide` with a sentence that names
    the file."""
    shown = clean_name(name)
    try:
        size = content.seek(0, os.SEEK_END)
        if not size:
            raise DonneeInvalide(_("ce fichier est vide."))
        if size > max_bytes:
            raise DonneeInvalide(
                _(
                    "il fait %(taille)s ; le maximum est %(max)s.",
                    taille=readable_size(size),
                    max=readable_size(max_bytes),
                )
            )
        format = recognise(shown, content)
        content.seek(0)
        digest = hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]
        content.seek(0)
        if not format.is_image:
            stripped = strip_pdf(content) if format == Format.PDF else strip_office(content)
            return Prepared(shown, format, digest, stripped, len(stripped.getvalue()), None)
        image, thumbnail = redraw(content, format.value.upper())
        return Prepared(shown, format, digest, BytesIO(image), len(image), BytesIO(thumbnail))
    except DonneeInvalide as error:
        raise DonneeInvalide(_("« %(nom)s » : %(raison)s", nom=shown, raison=str(error))) from error


def clean_name(name: str) -> str:
    """Return the name on one line, without path and invisible or forbidden characters, cut at 100."""
    last = re.split(r"[\\/]", clean(name))[-1]
    seen = "".join(char if unicodedata.category(char)[0] != "C" else " " for char in last)
    seen = " ".join(_FORBIDDEN.sub("_", seen).split()).strip(". ")
    extension = extension_of(seen)[:10]
    stem = seen[: -len(extension) - 1] if extension else seen
    stem = stem[: NAME_MAX - len(extension) - 1].strip(". ") or _("fichier")
    return f"{stem}.{extension}" if extension else stem


def readable_size(size: int) -> str:
    """Format a size: 12,4 Mo, or 812 ko below 1 Mo."""
    if size < 1024 * 1024:
        return _("%(n)s ko", n=max(1, round(size / 1024)))
    value = f"{size / 1024 / 1024:.1f}".removesuffix(".0").replace(".", ",")
    return _("%(n)s Mo", n=value)
