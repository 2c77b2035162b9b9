"""The browser of the tests: the chromium of the system, driven by Playwright. Nothing is downloaded."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from devtools.requirements import program

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--matrice",
        action="store_true",
        help="axe walks each page at 320, 360 and 1280 px in both themes, not once",
    )


def find_chromium() -> str:
    """Return the path of the browser. If it is missing, skip the test, or fail it with CI=true."""
    return program("chromium", *CHROMIUM)


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)


@pytest.fixture(scope="session")
def navigateur() -> Iterator[Browser]:
    """One browser per process. Each test opens its own context: `navigateur.new_context(...)`."""
    find_chromium()
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()
