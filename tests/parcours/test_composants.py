"""The page of components looks as in its stored pictures."""

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser

from devtools.images import COMPONENTS, picture_of_components, take_components
from devtools.site import Site

pytestmark = pytest.mark.navigateur

VISIBLE = 40  # of 255; less is antialiasing
TOLERANCE = 0.02  # of the pixels


@pytest.mark.parametrize(("viewport", "theme"), COMPONENTS)
def test_les_composants_ont_l_air_convenu(
    site: Site, navigateur: Browser, viewport: dict, theme: str
) -> None:
    """After a wanted change: `python -m devtools.images composants`, look at the pictures, commit them."""
    taken = take_components(navigateur, site.url, viewport, theme).convert("RGB")
    stored = Image.open(picture_of_components(viewport, theme)).convert("RGB")
    assert abs(taken.height - stored.height) <= 4
    difference = ImageChops.difference(taken, stored.crop((0, 0, *taken.size))).convert("L")
    changed = sum(difference.histogram()[VISIBLE:]) / (taken.width * taken.height)
    assert changed <= TOLERANCE
