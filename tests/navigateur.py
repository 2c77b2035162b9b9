"""The browser of the tests."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from devtools.browser import CHROMIUM, launch
from devtools.requirements import program


@pytest.fixture(scope="session")
def navigateur() -> Iterator[Browser]:
    """One browser per process. Each test opens its own context: `navigateur.new_context(...)`.
    Without chromium the test is skipped, or fails with CI=true."""
    executable = program("chromium", *CHROMIUM)
    with sync_playwright() as playwright:
        browser = launch(playwright, executable)
        yield browser
        browser.close()
