"""The browser of the tests."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from devtools.browser import CHROMIUM, launch
from devtools.requirements import program


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--matrice",
        action="store_true",
        help="axe walks each page at 320, 360 and 1280 px in both themes, not once",
    )


@pytest.fixture(scope="session")
def navigateur() -> Iterator[Browser]:
    """One browser per process. Each test opens its own context: `navigateur.new_context(...)`.
    Without chromium the test is skipped, or fails with CI=true."""
    executable = program("chromium", *CHROMIUM)
    with sync_playwright() as playwright:
        browser = launch(playwright, executable)
        yield browser
        browser.close()
