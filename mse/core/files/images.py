"""Images are encoded again from their pixels, which removes the metadata of the camera (place, time, owner).

Pillow is imported with the first image, to save the memory of processes that handle none.
"""

from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from math import ceil
from threading import Lock
from typing import IO, TYPE_CHECKING, Any

from mse.core.errors import DonneeInvalide
from mse.core.text import _

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile as Opened

# Pixels of the original. A JPEG can be decoded at a smaller scale; a PNG is decoded whole.
PIXELS_MAX = {"JPEG": 60_000_000, "PNG": 16_000_000}
LENGTH_MAX = 20_000  # pixels of a side: Pillow allocates one pointer per row
MEMORY_MAX = 256 * 1024 * 1024  # bytes while decoding; a progressive photo of 50 Mpx needs 200 MB
SCANS_MAX = 100  # scans of a progressive JPEG; usually about ten
WORK_MAX = 1_000_000_000  # coefficients × scans: each scan may read all coefficients
PARTS_MAX = (
    10_000  # segments of a JPEG, chunks of a PNG: Pillow reads each in Python; a photo has some hundreds
)
SIDE_MAX = 3_000  # pixels of the stored image: a photographed page stays readable
THUMBNAIL = (320, 240)
QUALITY, THUMBNAIL_QUALITY = 85, 75

_SCAN = b"\xff\xda"
_WITHOUT_LENGTH = range(0xD0, 0xDA)
_BYTES_PER_PIXEL, _BYTES_PER_COEFFICIENT = 4, 2  # in Pillow, in libjpeg
_one_at_a_time = Lock()  # at most one decoded image per process


def redraw(content: IO[bytes], kind: str) -> tuple[bytes, bytes]:
    """Return the encoded image (`kind`: JPEG or PNG) and its thumbnail (JPEG). Raises `DonneeInvalide`."""
    from PIL import Image as pillow
    from PIL import ImageFile, ImageOps

    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint sets it to True when it is loaded
    pillow.MAX_IMAGE_PIXELS = max(PIXELS_MAX.values())
    with _one_at_a_time:
        try:
            data = content.read()
            if sum(1 for _part in islice(_PARTS[kind](data), PARTS_MAX + 1)) > PARTS_MAX:
                raise pillow.DecompressionBombError
            with pillow.open(content, formats=(kind,)) as opened:
                if opened.width * opened.height > PIXELS_MAX[kind] or max(opened.size) > LENGTH_MAX:
                    raise pillow.DecompressionBombError
                coefficients, scans = _count_buffered(opened, data) if kind == "JPEG" else (0, 0)
                _draft(opened)
                pixels = opened.width * opened.height
                memory = pixels * _BYTES_PER_PIXEL + coefficients * _BYTES_PER_COEFFICIENT
                if memory > MEMORY_MAX or scans > SCANS_MAX or coefficients * scans > WORK_MAX:
                    raise pillow.DecompressionBombError
                opened.thumbnail((SIDE_MAX, SIDE_MAX))
                ImageOps.exif_transpose(opened, in_place=True)
                return _write(opened, kind)
        except pillow.DecompressionBombError as error:
            raise DonneeInvalide(_("cette image est trop grande : réduisez-la, puis recommencez.")) from error
        except Exception as error:  # decoders may raise anything on malformed input
            raise DonneeInvalide(
                _("cette image est abîmée ou incomplète : nous n’avons pas pu la lire.")
            ) from error


def _draft(opened: "Opened") -> None:
    """Let the JPEG decoder divide the size by 2, 4 or 8, but not below `SIDE_MAX`."""
    ratio = max(opened.size) / SIDE_MAX
    if ratio > 1:
        opened.draft(None, (ceil(opened.width / ratio), ceil(opened.height / ratio)))


def _count_buffered(opened: Any, data: bytes) -> tuple[int, int]:
    """Return the number of coefficients that the decoder buffers until the last scan, and the number of
    scans.

    No coefficient is buffered if the first scan holds the whole image: it is decoded line by line. Otherwise
    they are buffered at full scale, whatever scale is requested.
    """
    *_before, first = _list_segments(data)
    scans = data.count(_SCAN, first)
    if data[first + 4] == opened.layers and "progressive" not in opened.info:
        return 0, scans
    widest, highest = (max(layer[axis] for layer in opened.layer) for axis in (1, 2))
    sampled = sum(layer[1] * layer[2] for layer in opened.layer)
    return opened.width * opened.height * sampled // (widest * highest), scans


def _list_segments(data: bytes) -> Iterator[int]:
    """Yield the offset of each segment, up to the first scan. Segments are skipped whole, because an embedded
    thumbnail has scans of its own. Raises `ValueError`."""
    at = 2
    yield at
    while data[at : at + 2] != _SCAN:
        if data[at] != 0xFF or data[at + 1] < 0xC0 or data[at + 1] in _WITHOUT_LENGTH:
            raise ValueError("no segment here")
        padded = data[at + 1] == 0xFF
        at += 1 if padded else 2 + int.from_bytes(data[at + 2 : at + 4])
        yield at


def _list_chunks(data: bytes) -> Iterator[int]:
    """Yield the offset of each chunk after the signature."""
    at = 8
    while at < len(data):
        yield at
        at += 12 + int.from_bytes(data[at : at + 4])


_PARTS = {"JPEG": _list_segments, "PNG": _list_chunks}


def _write(image: "Image", kind: str) -> tuple[bytes, bytes]:
    """Encode the image and its thumbnail from pixels only:
    Pillow would also write the metadata of the opened image."""
    transparent = image.has_transparency_data
    pixels = image.convert("RGBA" if transparent else "RGB")
    pixels.info.clear()
    opaque = _paste_on_white(pixels) if transparent else pixels
    kept, small = BytesIO(), BytesIO()
    if kind == "PNG":
        pixels.save(kept, "PNG", optimize=False)
    else:
        opaque.save(kept, "JPEG", quality=QUALITY, progressive=True)
    opaque.thumbnail(THUMBNAIL)
    opaque.save(small, "JPEG", quality=THUMBNAIL_QUALITY)
    return kept.getvalue(), small.getvalue()


def _paste_on_white(pixels: "Image") -> "Image":
    from PIL import Image as pillow

    page = pillow.new("RGB", pixels.size, "white")
    page.paste(pixels, mask=pixels.getchannel("A"))
    return page
