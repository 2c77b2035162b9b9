"""The accepted file formats. Extension and content must agree."""

from enum import StrEnum
from typing import IO

import filetype

from mse.core.errors import DonneeInvalide
from mse.core.files.office import check_office
from mse.core.text import _


class Format(StrEnum):
    JPEG = "jpeg"
    PNG = "png"
    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"

    @property
    def mimetype(self) -> str:
        return _MIMETYPES[self]

    @property
    def is_image(self) -> bool:
        return self in (Format.JPEG, Format.PNG)


_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ODT = "application/vnd.oasis.opendocument.text"
_MIMETYPES = {
    Format.JPEG: "image/jpeg",
    Format.PNG: "image/png",
    Format.PDF: "application/pdf",
    Format.DOCX: _DOCX,
    Format.ODT: _ODT,
}
_EXTENSIONS = {"jpg": Format.JPEG, **{format.value: format for format in Format}}
_PHONES = {
    "heic",
    "heif",
}  # HEIC, the default of some phones; most browsers convert it before sending
# DOCX and ODT are ZIP archives with entries in any order: the first bytes may only identify a ZIP archive.
_ZIP = {"application/zip", _DOCX, _ODT}
_SEEN_AS = {
    Format.JPEG: {"image/jpeg"},
    Format.PNG: {"image/png"},
    Format.PDF: {"application/pdf"},
    Format.DOCX: _ZIP,
    Format.ODT: _ZIP,
}
_HEAD = 8192  # bytes needed to recognise a signature

ACCEPT = ",".join([*(f".{extension}" for extension in _EXTENSIONS), *sorted(_MIMETYPES.values())])


def extension_of(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def recognise(name: str, content: IO[bytes]) -> Format:
    """Return the format of a file. Raises `DonneeInvalide` if it is not accepted,
    differs from the content, or hides a macro."""
    extension = extension_of(name)
    if extension in _PHONES:
        raise DonneeInvalide(
            _("ce genre de photo ne s’ouvre pas partout. Réglez l’appareil sur JPEG, ou envoyez une capture.")
        )
    format = _EXTENSIONS.get(extension)
    if format is None:
        raise DonneeInvalide(_("seuls les fichiers JPEG, PNG, PDF, DOCX et ODT sont acceptés."))
    content.seek(0)
    seen = filetype.guess_mime(content.read(_HEAD))
    content.seek(0)
    if seen not in _SEEN_AS[format]:
        raise DonneeInvalide(
            _(
                "son contenu n’est pas celui d’un fichier %(format)s. Enregistrez-le de nouveau.",
                format=format.value.upper(),
            )
        )
    if format == Format.DOCX:
        check_office(content, macros=("vbaproject", "vbadata", "activex/"), declares=_is_docx)
    elif format == Format.ODT:
        check_office(content, macros=("basic/", "scripts/"), declares=_is_odt)
    return format


def _is_docx(parts: dict[str, bytes]) -> bool:
    types = parts.get("[Content_Types].xml", b"")
    return b"wordprocessingml.document.main+xml" in types and b"macroEnabled" not in types


def _is_odt(parts: dict[str, bytes]) -> bool:
    return parts.get("mimetype", b"").strip() == _ODT.encode()
