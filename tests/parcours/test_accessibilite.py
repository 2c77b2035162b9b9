"""axe finds no violation of WCAG 2.1 AA on the pages of each role."""

from typing import Any

import pytest

from devtools.axe import find_violations
from devtools.browser import DESKTOP, PHONE
from devtools.demo_ids import find_demo_ids
from devtools.pages import PAGES
from devtools.site import Site, sign_in

pytestmark = pytest.mark.navigateur


@pytest.mark.parametrize("role", PAGES)
def test_axe_ne_trouve_rien(site: Site, open_page: Any, role: str) -> None:
    """Each page on a light phone or a dark desktop, in turn. `run.py preuves` checks all six settings."""
    courriel, pages = PAGES[role]
    browsers = [open_page(PHONE, "light"), open_page(DESKTOP, "dark")]
    if courriel:
        for browser in browsers:
            sign_in(browser, courriel)
    ids, found = find_demo_ids(site), {}
    for rank, modele in enumerate(pages):
        browser = browsers[rank % len(browsers)]
        browser.goto(modele.format(**ids))
        if violations := find_violations(browser):
            found[modele] = violations
    assert found == {}
