"""Limits on the memory and time to decode an image."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from mse.core.errors import DonneeInvalide
from mse.core.files import images
from mse.core.files.images import PARTS_MAX, redraw

COTE = 256
PIXELS = COTE * COTE


def jpeg(mode: str = "RGB", size: tuple[int, int] = (COTE, COTE), **options: Any) -> bytes:
    content = BytesIO()
    Image.new(mode, size).save(content, "JPEG", **options)
    return content.getvalue()


def png() -> bytes:
    content = BytesIO()
    Image.new("RGB", (COTE, COTE)).save(content, "PNG")
    return content.getvalue()


def is_refused(content: bytes, kind: str = "JPEG") -> bool:
    try:
        redraw(BytesIO(content), kind)
    except DonneeInvalide as refus:
        return "trop grande" in str(refus)
    return False


@pytest.mark.parametrize(
    ("mode", "options", "octets"),
    [
        ("RGB", {}, 4),  # decoded line by line: the pixels alone
        ("CMYK", {}, 4),
        ("RGB", {"progressive": True}, 4 + 2 * 1.5),  # plus the coefficients, two bytes each
        ("RGB", {"progressive": True, "subsampling": 0}, 4 + 2 * 3),
        ("CMYK", {"progressive": True}, 4 + 2 * 4),
    ],
)
def test_les_composantes_et_les_passages_comptent(
    mode: str, options: dict[str, Any], octets: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = jpeg(mode, **options)
    monkeypatch.setattr(images, "MEMORY_MAX", round(PIXELS * octets))
    assert not is_refused(sent)
    monkeypatch.setattr(images, "MEMORY_MAX", round(PIXELS * octets) - 1)
    assert is_refused(sent)


def test_des_passages_trop_nombreux_pour_leur_taille_sont_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = jpeg(progressive=True)
    work = round(PIXELS * 1.5) * sent.count(b"\xff\xda")
    monkeypatch.setattr(images, "WORK_MAX", work)
    assert not is_refused(sent)
    monkeypatch.setattr(images, "WORK_MAX", work - 1)
    assert is_refused(sent)


@pytest.mark.parametrize(
    ("kind", "part"),
    [("JPEG", b"\xff\xfe\0\2"), ("JPEG", b"\xff"), ("PNG", b"\0\0\0\3tEXta\0b\xdc\x49\xa2\x3b")],
)
def test_un_fichier_en_trop_de_morceaux_est_refuse(kind: str, part: bytes) -> None:
    """Pillow parses each segment in Python: 9 MB of padding took a minute and blocked other images."""
    sent, after = (jpeg(), 2) if kind == "JPEG" else (png(), 8 + 25)  # signature and header of a PNG
    for number, expected in ((100, False), (PARTS_MAX + 1, True)):
        assert is_refused(sent[:after] + part * number + sent[after:], kind) == expected


def test_la_vignette_d_un_appareil_n_est_pas_un_passage(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = jpeg()
    monkeypatch.setattr(images, "MEMORY_MAX", PIXELS * 4)
    assert not is_refused(sent[:2] + b"\xff\xfe\x01\x92" + b"\xff\xda" * 200 + sent[2:])


def test_un_panorama_se_lit_reduit(monkeypatch: pytest.MonkeyPatch) -> None:
    """The longest side sets the scale, even if the other side is small enough."""
    monkeypatch.setattr(images, "SIDE_MAX", 256)
    monkeypatch.setattr(images, "MEMORY_MAX", 256 * 32 * 4)
    sent = jpeg(size=(2048, 256))
    kept, _small = redraw(BytesIO(sent), "JPEG")
    assert Image.open(BytesIO(kept)).size == (256, 32)


@pytest.mark.parametrize("options", [{}, {"progressive": True}])
def test_une_photo_de_telephone_de_cinquante_millions_de_pixels_passe(options: dict[str, Any]) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # rotated by 90 degrees
    kept, _small = redraw(BytesIO(jpeg(size=(8160, 6120), exif=exif, **options)), "JPEG")
    image = Image.open(BytesIO(kept))
    assert image.size == (2250, 3000)
