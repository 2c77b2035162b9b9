"""Images are drawn anew: what a camera writes beside the pixels (place, time, owner) stays behind.

Pillow is imported when the first image comes: a process that never sees one does not pay its memory.
"""

from io import BytesIO
from threading import Lock
from typing import IO, TYPE_CHECKING

from mse.core.errors import DonneeInvalide
from mse.core.textes import _

if TYPE_CHECKING:
    from PIL.Image import Image

# Pixels of the original. A JPEG is read at a smaller scale at once; a PNG must be unpacked whole.
PIXELS_MAX = {"JPEG": 60_000_000, "PNG": 16_000_000}
LENGTH_MAX = 20_000  # of a side: one pixel wide and very long costs a row of pointers for each
SCANS_MAX = 100  # of a progressive JPEG, which has about ten; each walks over the whole image
SIDE_MAX = 3_000  # of what is kept: a page photographed stays readable
THUMBNAIL = (320, 240)
QUALITY, THUMBNAIL_QUALITY = 85, 75

_SCAN = b"\xff\xda"
_one_at_a_time = Lock()  # the memory of one image for each process


def redraw(content: IO[bytes], kind: str) -> tuple[bytes, bytes]:
    """The image (JPEG or PNG, as `kind` says) and its thumbnail (JPEG). Raises `DonneeInvalide`."""
    from PIL import Image as pillow
    from PIL import ImageFile, ImageOps

    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint, where it is loaded, says the opposite
    pillow.MAX_IMAGE_PIXELS = max(PIXELS_MAX.values())
    with _one_at_a_time:
        try:
            if kind == "JPEG" and content.read().count(_SCAN) > SCANS_MAX:
                raise pillow.DecompressionBombError
            with pillow.open(content, formats=(kind,)) as opened:
                if opened.width * opened.height > PIXELS_MAX[kind] or max(opened.size) > LENGTH_MAX:
                    raise pillow.DecompressionBombError
                opened.draft("RGB", (SIDE_MAX, SIDE_MAX))
                ImageOps.exif_transpose(opened, in_place=True)
                opened.thumbnail((SIDE_MAX, SIDE_MAX))
                return _write(opened, kind)
        except pillow.DecompressionBombError as error:
            raise DonneeInvalide(_("cette image est trop grande : réduisez-la, puis recommencez.")) from error
        except Exception as error:  # decoders of hostile bytes raise anything
            raise DonneeInvalide(
                _("cette image est abîmée ou incomplète : nous n’avons pas pu la lire.")
            ) from error


def _write(image: "Image", kind: str) -> tuple[bytes, bytes]:
    """From bare pixels: the formats carry on by themselves what an opened image remembers."""
    transparent = image.has_transparency_data
    pixels = image.convert("RGBA" if transparent else "RGB")
    pixels.info.clear()
    opaque = _on_white(pixels) if transparent else pixels
    kept, small = BytesIO(), BytesIO()
    if kind == "PNG":
        pixels.save(kept, "PNG", optimize=False)
    else:
        opaque.save(kept, "JPEG", quality=QUALITY, progressive=True)
    opaque.thumbnail(THUMBNAIL)
    opaque.save(small, "JPEG", quality=THUMBNAIL_QUALITY)
    return kept.getvalue(), small.getvalue()


def _on_white(pixels: "Image") -> "Image":
    from PIL import Image as pillow

    page = pillow.new("RGB", pixels.size, "white")
    page.paste(pixels, mask=pixels.getchannel("A"))
    return page
