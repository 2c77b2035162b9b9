"""Remove who wrote a document, its title and its history from PDF and office files (images: see `images`).

pikepdf is imported with the first PDF, to save the memory of processes that handle none.
"""

import re
import shutil
from functools import cache
from io import BytesIO
from threading import Lock
from typing import IO, Any
from zipfile import ZipFile, ZipInfo

from mse.core.errors import DonneeInvalide
from mse.core.text import _

STREAM_MAX = 64 * 1024 * 1024  # bytes of one stream of a PDF, once decompressed
XML_MAX = 30 * 1024 * 1024  # bytes of one XML part of an office document

_PERSONAL = ("/Metadata", "/PieceInfo", "/LastModified")  # entries of any PDF object
# Comments and drawings carry the name of their author in /T; a form field carries its own name there.
_WITHOUT_AUTHOR = {"/Widget", "/Link"}
_ELEMENTS = (
    rb"dc:(?:creator|title|subject|description|date)|cp:(?:lastModifiedBy|keywords|category|contentStatus)"
    rb"|meta:(?:initial-creator|creator-initials|printed-by|keyword|user-defined|editing-duration)"
    rb"|Company|Manager|HyperlinkBase|Template"
)
_TEXTS = re.compile(rb"(<(?:" + _ELEMENTS + rb")(?:\s[^<>]*)?>)[^<]+(?=</)")
_AUTHORS = re.compile(rb'(\bw\d*:(?:author|initials|userId)=)"[^"]*"')
_EMPTY_PROPERTIES = (
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
)
_one_at_a_time = Lock()


def strip_pdf(content: IO[bytes]) -> BytesIO:
    """Return the PDF without metadata, former versions and names of annotators. Raises `DonneeInvalide`."""
    pikepdf = _load_pikepdf()
    with _one_at_a_time:
        content.seek(0)
        try:
            with pikepdf.open(content, suppress_warnings=True) as document:
                if "/Info" in document.trailer:
                    del document.trailer["/Info"]
                for part in document.objects:
                    _strip_part(pikepdf, part)
                stripped = BytesIO()
                document.save(stripped, compress_streams=False, encryption=False)
        except pikepdf.PasswordError as error:
            raise DonneeInvalide(
                _("il est protégé par un mot de passe\u202f: enlevez-le, puis recommencez.")
            ) from error
        except Exception as error:  # parsers may raise anything on malformed input
            raise DonneeInvalide(
                _("il est abîmé ou incomplet\u202f: nous n’avons pas pu le lire.")
            ) from error
    stripped.seek(0)
    return stripped


def _strip_part(pikepdf: Any, part: Any) -> None:
    if not isinstance(part, pikepdf.Dictionary | pikepdf.Stream):
        return
    for name in _PERSONAL:
        if name in part:
            del part[name]
    is_annotation = "/Rect" in part and "/Subtype" in part and str(part["/Subtype"]) not in _WITHOUT_AUTHOR
    if is_annotation and "/T" in part:
        del part["/T"]


@cache
def _load_pikepdf() -> Any:
    """Import pikepdf and limit what it decompresses."""
    import pikepdf

    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=STREAM_MAX,
        run_length_max_memory=STREAM_MAX,
        png_max_memory=STREAM_MAX,
        tiff_max_memory=STREAM_MAX,
        dct_max_memory=STREAM_MAX,
        doc_max_warnings=1000,
    )
    return pikepdf


def strip_office(content: IO[bytes]) -> BytesIO:
    """Return the office document with its properties and the names in comments emptied. Raises
    `DonneeInvalide`. The archive is one that `check_office` has accepted."""
    stripped = BytesIO()
    content.seek(0)
    with ZipFile(content) as source, ZipFile(stripped, "w") as target:
        for entry in source.infolist():
            part = ZipInfo(entry.filename)  # without the date of the entry
            part.compress_type = entry.compress_type
            if entry.filename.lower().endswith((".xml", ".rels")):
                if entry.file_size > XML_MAX:
                    raise DonneeInvalide(_("une fois déplié, il est beaucoup trop gros."))
                target.writestr(part, _strip_xml(entry.filename, source.read(entry)))
            else:
                with source.open(entry) as one, target.open(part, "w") as other:
                    shutil.copyfileobj(one, other)
    stripped.seek(0)
    return stripped


def _strip_xml(name: str, part: bytes) -> bytes:
    if name.lower() == "docprops/custom.xml":
        return _EMPTY_PROPERTIES
    return _AUTHORS.sub(rb'\1""', _TEXTS.sub(rb"\1", part))
