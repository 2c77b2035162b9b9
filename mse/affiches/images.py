"""Draw the picture that other sites show beside a shared link."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mse.core.cache import memoized
from mse.core.rate_limit import rate_limited

LARGEUR, HAUTEUR = 1200, 630
VERSION = 1  # of the drawing: part of the ETag
PAR_ADRESSE, EN_TOUT = 60, 240  # pictures drawn a minute; those in the cache are not counted

_DOSSIERS = ("/usr/share/fonts/truetype/noto", "/usr/share/fonts/noto", "/usr/share/fonts/google-noto")
_POLICES = (  # regular and bold; the first pair that exists
    *((f"{dossier}/NotoSans-Regular.ttf", f"{dossier}/NotoSans-Bold.ttf") for dossier in _DOSSIERS),
    (
        "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
        "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf",
    ),
)


@dataclass(frozen=True, kw_only=True)
class Carte:
    """The words of a picture. `signe`: key of the drawing in the badge; `ton`: key of `COULEURS`."""

    site: str
    genre: str
    titre: str
    etat: str
    signe: str
    ton: str


@cache
def find_fonts() -> tuple[str, str] | None:
    """Return the files of the regular and of the bold font; None if this machine has none."""
    return next((paire for paire in _POLICES if all(Path(nom).is_file() for nom in paire)), None)


def can_draw() -> bool:
    return find_fonts() is not None


@memoized(64)
def draw(carte: Carte) -> bytes:
    """Return the PNG. The same words give the same picture."""
    return _draw(carte)


@rate_limited(PAR_ADRESSE, EN_TOUT)
def _draw(carte: Carte) -> bytes:
    from mse.affiches.dessin import draw_png  # not at the top: Pillow costs memory in each process

    return draw_png(carte)
