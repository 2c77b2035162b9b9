"""Generated files to upload, valid and invalid."""

import os
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from PIL import Image
from PIL.PngImagePlugin import PngInfo

SECRETS = (b"SECRET-APPAREIL", b"SECRET-COMMENTAIRE", b"SECRET-XMP", b"SECRET-TEXTE", b"SECRET-PROFIL")
_GPS, _MAKE, _ORIENTATION = 0x8825, 0x010F, 0x0112
_DOCX = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="'
    '/word/document.xml" ContentType="application/vnd.{kind}+xml"/></Types>'
)
_WORD = "openxmlformats-officedocument.wordprocessingml.document.main"
_WITH_MACROS = "ms-word.document.macroEnabled.main"


def date_file(path: Path, instant: datetime) -> None:
    """Set the time of a file: the system clock may differ from that of the tests (`run.py test --le`)."""
    os.utime(path, (instant.timestamp(), instant.timestamp()))


def photo(size: tuple[int, int] = (640, 480), *, couleur: str = "teal", orientation: int = 6) -> bytes:
    """Return a JPEG as a phone takes it: rotated, with a GPS position and other metadata."""
    exif = Image.Exif()
    exif[_ORIENTATION], exif[_MAKE] = orientation, SECRETS[0].decode()
    exif.get_ifd(_GPS).update({1: "N", 2: (43.0, 17.0, 47.0), 3: "E", 4: (5.0, 22.0, 12.0)})
    content = BytesIO()
    Image.new("RGB", size, couleur).save(
        content, "JPEG", exif=exif, comment=SECRETS[1], xmp=SECRETS[2], icc_profile=SECRETS[4]
    )
    return content.getvalue()


def capture(size: tuple[int, int] = (300, 200)) -> bytes:
    """Return a PNG screenshot, transparent, with the name of a person in its metadata."""
    texte, content = PngInfo(), BytesIO()
    texte.add_text("Author", SECRETS[3].decode())
    Image.new("RGBA", size, (20, 90, 60, 120)).save(content, "PNG", pnginfo=texte, icc_profile=SECRETS[4])
    return content.getvalue()


def pdf(texte: str = "Bonjour") -> bytes:
    """Return a blank page that holds a text in a private entry. Readers rebuild its missing table."""
    return (
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        f"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Essai<{texte.encode().hex()}>>>endobj\n"
        "trailer<</Root 1 0 R>>\n%%EOF\n"
    ).encode()


def docx(*, macros: bool = False, **parts: Any) -> bytes:
    """Return a Word document. `parts`: further ZIP entries, by name."""
    types = _DOCX.format(kind=_WITH_MACROS if macros else _WORD)
    return _zip({"[Content_Types].xml": types, "word/document.xml": "<document/>", **parts})


def odt(**parts: Any) -> bytes:
    return _zip({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<office/>", **parts})


def bombe(octets: int) -> bytes:
    """Return a ZIP bomb: a document of a few kilobytes that holds `octets` bytes once unpacked."""
    return docx(**{"word/media/image1.png": b"\0" * octets})


def _zip(parts: dict[str, Any]) -> bytes:
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()
