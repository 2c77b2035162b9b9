"""Check every page of every role with axe-core (WCAG rules), at three widths and in both colour themes."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from devtools.axe import find_violations
from devtools.browser import CHROMIUM, DESKTOP, NARROW, PHONE, Theme, launch
from devtools.demo_ids import find_demo_ids
from devtools.pages import PAGES
from devtools.site import Site, run_site, sign_in

THEMES: tuple[Theme, ...] = ("light", "dark")


@dataclass
class Accessibilite:
    """Result of the check. `vues`: number of pages × widths × themes that axe checked; `fautes`: (page,
    width, theme, rule, element)."""

    vues: int = 0
    fautes: list[tuple[str, int, str, str, str]] = field(default_factory=list)


def walk_matrix(dire: Callable[[str], None], part: str = "") -> Accessibilite | str:
    """Check the pages whose pattern contains `part`. Return the counts, or the reason why Chromium could not
    run."""
    executable = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if executable is None:
        return "Chromium is missing"
    total = Accessibilite()
    with (
        tempfile.TemporaryDirectory(prefix="mse-preuves-") as folder,
        run_site(Path(folder), ["migrer"], ["demo"]) as site,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright, executable)
        for role in PAGES:
            _walk_role(browser, site, role, total, part)
            dire(f"  {role}: {total.vues} views, {len(total.fautes)} violations")
        browser.close()
    return total


def _walk_role(browser: Browser, site: Site, role: str, total: Accessibilite, part: str) -> None:
    courriel, patterns = PAGES[role]
    patterns = [pattern for pattern in patterns if part in pattern]
    if not patterns:
        return
    ids = find_demo_ids(site)
    for viewport in (NARROW, PHONE, DESKTOP):
        for theme in THEMES:
            context = browser.new_context(base_url=site.url, viewport=viewport, color_scheme=theme)
            page = context.new_page()
            if courriel:
                sign_in(page, courriel)
            for pattern in patterns:
                page.goto(pattern.format(**ids))
                total.vues += 1
                for rule, element in find_violations(page):
                    total.fautes.append((pattern, viewport["width"], theme, rule, element))
            context.close()
