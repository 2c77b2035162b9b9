"""axe finds no violation of WCAG 2.1 AA on the pages of each role."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from devtools.browser import DESKTOP, NARROW, PHONE
from devtools.pages import PAGES, find_ids
from devtools.site import Site, sign_in

pytestmark = pytest.mark.navigateur

ALTERNATING = [(PHONE, "light"), (DESKTOP, "dark")]
MATRIX = [(viewport, theme) for viewport in (NARROW, PHONE, DESKTOP) for theme in ("light", "dark")]
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]},
    "resultTypes": ["violations"],  # keeps the report small
}


@pytest.mark.parametrize("role", PAGES)
def test_axe_ne_trouve_rien(site: Site, open_page: Any, pytestconfig: pytest.Config, role: str) -> None:
    """Check each page on a light phone or a dark desktop, in turn. `--matrice`: in all six settings."""
    courriel, pages = PAGES[role]
    complete = pytestconfig.getoption("matrice")
    settings = MATRIX if complete else ALTERNATING
    browsers = [open_page(viewport, theme) for viewport, theme in settings]
    if courriel:
        for browser in browsers:
            sign_in(browser, courriel)
    ids, found = find_ids(site), []
    for rank, modele in enumerate(pages):
        for browser in browsers if complete else [browsers[rank % len(browsers)]]:
            browser.goto(modele.format(**ids))
            largeur = browser.viewport_size["width"]
            assert browser.evaluate("document.documentElement.scrollWidth") <= largeur, (modele, largeur)
            for violation in Axe().run(browser, options=RULES).response["violations"]:
                found.append((modele, largeur, violation["id"], violation["nodes"][0]["html"][:200]))
    assert found == []
