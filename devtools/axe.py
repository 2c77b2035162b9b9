"""Check one page with axe-core: WCAG 2.1 levels A and AA, best practices, no horizontal scrolling."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]},
    "resultTypes": ["violations"],  # keeps the report small
}


def find_violations(page: Page) -> list[tuple[str, str]]:
    """Return (rule, start of the first faulty element) for each broken rule."""
    found = [
        (violation["id"], violation["nodes"][0]["html"][:200])
        for violation in Axe().run(page, options=_RULES).response["violations"]
    ]
    width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*found, ("scrolls sideways", f"{width} px")] if width > 0 else found
