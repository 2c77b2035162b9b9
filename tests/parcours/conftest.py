"""A real site and a real browser, once per test process."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from devtools.browser import DESKTOP
from devtools.site import Site, run_site


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with run_site(tmp_path_factory.mktemp("site"), ["migrer"], ["demo"]) as site:
        yield site


@pytest.fixture
def open_page(site: Site, navigateur: Browser) -> Iterator[Any]:
    """`open_page(viewport, theme, javascript=True)`. Console errors and external requests fail it."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opener(viewport: dict[str, int] = DESKTOP, theme: str = "light", *, javascript: bool = True) -> Page:
        context = navigateur.new_context(
            base_url=site.url,
            viewport=viewport,
            color_scheme=theme,
            java_script_enabled=javascript,
            locale="fr-FR",
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda message: _listen(message, complaints))
        page.on("request", lambda request: _same_host(request.url, site.url, complaints))
        return page

    yield opener
    for context in contexts:
        context.close()
    assert complaints == []


def _listen(message: Any, complaints: list[str]) -> None:
    """Record console errors, except those of expected 4xx responses."""
    if message.type == "error" and "Failed to load resource" not in message.text:
        complaints.append(message.text)


def _same_host(url: str, own: str, complaints: list[str]) -> None:
    if not url.startswith((own, "data:")):
        complaints.append(f"another host: {url}")
