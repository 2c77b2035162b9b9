"""Take pictures of the pages of the demonstration, on a fixed day.

python -m devtools.images planche FOLDER [--role agent] [--page /mon-espace] [--url http://127.0.0.1:8000]
python -m devtools.images docs
python -m devtools.images composants

`planche`: one file per page, width and theme, and `planche.html`, which shows them all.
`docs`: the pictures of README and guides.
`composants`: those that a test compares with the page of components.
`--url`: a running demonstration on SQLite instead of a new one; its folder is MSE_INSTANCE.
"""

import argparse
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from devtools.browser import CHROMIUM, DESKTOP, PHONE, Theme, launch
from devtools.demo_ids import find_demo_ids
from devtools.pages import PAGES
from devtools.site import Site, run_site, sign_in

ROOT = Path(__file__).parents[1]
DAY = "2026-12-01T10:00"
COMPONENTS: list[tuple[ViewportSize, Theme]] = [(PHONE, "dark"), (DESKTOP, "light")]
SETTINGS: list[tuple[ViewportSize, Theme]] = [
    (viewport, theme) for viewport in (PHONE, DESKTOP) for theme in ("light", "dark")
]
# name of the picture in the documentation: (role, page, width)
DOCUMENTATION = {
    "accueil": ("visiteur", "/", DESKTOP),
    "fiche": ("visiteur", "/fiches/{sienne}", DESKTOP),
    "deposer": ("delegue", "/fiches/{brouillon}/brouillon/theme", PHONE),
    "espace-delegue": ("delegue", "/mon-espace", PHONE),
    "espace-service": ("agent", "/mon-espace", DESKTOP),
    "messages": ("delegue", "/fiches/{questionnee}/saisines/{sa_question}/echanges", PHONE),
    "promotions": ("organisme", "/acteurs/{organisme}/promotions", DESKTOP),
    "espace-animation": ("animation", "/mon-espace", DESKTOP),
    "meteo": ("visiteur", "/meteo/83", DESKTOP),
}


def picture_of_components(viewport: ViewportSize, theme: Theme) -> Path:
    return ROOT / "tests" / "images" / f"composants-{viewport['width']}-{theme}.png"


def take_components(browser: Browser, url: str, viewport: ViewportSize, theme: Theme) -> Image.Image:
    """Take a picture of the page of components, in one named font and few colours."""
    context = browser.new_context(base_url=url, viewport=viewport, color_scheme=theme, bypass_csp=True)
    page = context.new_page()
    page.goto("/_composants")
    page.add_style_tag(
        content="* { font-family: 'Noto Sans' !important; caret-color: transparent !important; }"
    )
    taken = _few_colours(page.screenshot(full_page=True))
    context.close()
    return taken


def _few_colours(png: bytes) -> Image.Image:
    """Reduce the image to a palette of few colours, which halves its size on disk."""
    return Image.open(BytesIO(png)).convert("P", palette=Image.Palette.ADAPTIVE, colors=256)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["planche", "docs", "composants"])
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "docs" / "images")
    parser.add_argument("--role", choices=PAGES)
    parser.add_argument("--page", help="only pages whose pattern contains this text")
    parser.add_argument("--url", help="a running demonstration")
    asked = parser.parse_args()
    roles = [asked.role] if asked.role else list(PAGES)
    asked.folder.mkdir(parents=True, exist_ok=True)
    with _site(asked.url) as site, sync_playwright() as playwright:
        browser = launch(playwright, _find_chromium())
        if asked.what == "docs":
            _take_documentation(browser, site, asked.folder)
        elif asked.what == "composants":
            for viewport, theme in COMPONENTS:
                take_components(browser, site.url, viewport, theme).save(
                    picture_of_components(viewport, theme)
                )
        else:
            _take_all(browser, site, asked.folder, roles, asked.page or "")
        browser.close()


def _find_chromium() -> str:
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        raise SystemExit("Chromium est introuvable.")
    return found


@contextmanager
def _site(url: str | None) -> Iterator[Site]:
    """Yield the running demonstration at `url`, or a new one."""
    if url:
        yield Site(url, Path(os.environ["MSE_INSTANCE"]))
        return
    clock = {
        "PYTHONPATH": str(ROOT / "tests" / "instant"),
        "TESTS_LE": DAY,
        "TESTS_BEGUN": str(datetime.now(UTC).timestamp()),
    }
    with (
        tempfile.TemporaryDirectory() as folder,
        run_site(Path(folder), ["migrer"], ["demo"], extra=clock) as site,
    ):
        yield site


def _open_page(
    browser: Browser, site: Site, courriel: str | None, viewport: ViewportSize, theme: Theme
) -> Page:
    context = browser.new_context(
        base_url=site.url,
        viewport=viewport,
        color_scheme=theme,
        locale="fr-FR",
    )
    page = context.new_page()
    return sign_in(page, courriel) if courriel else page


def _take_documentation(browser: Browser, site: Site, folder: Path) -> None:
    ids = find_demo_ids(site)
    for name, (role, pattern, viewport) in DOCUMENTATION.items():
        page = _open_page(browser, site, PAGES[role][0], viewport, "light")
        page.goto(pattern.format(**ids))
        _few_colours(page.screenshot()).save(folder / f"{name}.png", optimize=True)
        page.context.close()


def _take_all(browser: Browser, site: Site, folder: Path, roles: list[str], part: str) -> None:
    """Take one picture per page, width and theme; write `planche.html`, which shows them all."""
    ids, lines = find_demo_ids(site), list[str]()
    for role in roles:
        courriel, patterns = PAGES[role]
        wanted = [pattern for pattern in patterns if part in pattern]
        pages = [(*setting, _open_page(browser, site, courriel, *setting)) for setting in SETTINGS if wanted]
        for pattern in wanted:
            name = role + re.sub(r"[^\w-]+", "_", pattern.rstrip("/"))
            files = [f"{name}-{viewport['width']}-{theme}.png" for viewport, theme, _page in pages]
            for file, (_viewport, _theme, page) in zip(files, pages, strict=True):
                page.goto(pattern.format(**ids))
                page.screenshot(path=folder / file, full_page=True)
            pictures = "".join(
                f'<a href="{file}"><img src="{file}" alt="{file}" height="420"></a> ' for file in files
            )
            lines.append(f"<h2>{role} {pattern}</h2><p>{pictures}</p>")
            print(name, flush=True)
    (folder / "planche.html").write_text("<!DOCTYPE html><meta charset=utf-8>" + "\n".join(lines), "utf-8")


if __name__ == "__main__":
    main()
