"""Measure a first and a second visit of each public page on a slow phone, in Chromium: bytes, largest
contentful paint (LCP), cumulative layout shift (CLS).

1.6 Mbit/s, 150 ms of latency, CPU 4 times slower; median of 5 visits, each with an empty cache. The second
visit opens the page again in the same browser.
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from playwright.sync_api import Browser, CDPSession, sync_playwright

from bench.server import REAL, serve
from bench.site import MeasuredSite
from devtools.browser import CHROMIUM, PHONE, launch

VISITS = 5
PAGES = {
    "home": "/",
    "list": "/fiches",
    "detail": "/fiches/1",
    "météo": "/meteo",
    "initiatives": "/initiatives",
}
BYTES, BYTES_AGAIN, LCP_MS, CLS = 100_000, 15_000, 1_500, 0.02  # the goals
_NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 0.75e6 / 8,
}
_OBSERVE = """
window.vu = {lcp: 0, cls: 0};
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) vu.lcp = entry.startTime;
}).observe({type: "largest-contentful-paint", buffered: true});
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) vu.cls += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""


@dataclass(frozen=True)
class Visit:
    """Medians of one page: bytes on the wire of the first and of the second visit, LCP in ms, CLS."""

    page: str
    first: float
    again: float
    lcp: float
    cls: float

    def missed(self) -> list[str]:
        limits = (
            ("first visit", self.first, BYTES, "bytes"),
            ("second visit", self.again, BYTES_AGAIN, "bytes"),
            ("LCP", self.lcp, LCP_MS, "ms"),
            ("CLS", self.cls, CLS, ""),
        )
        return [
            f"{self.page}, {name}: {value:,.4g} {unit}, goal {limit:,}".rstrip()
            for name, value, limit, unit in limits
            if value > limit
        ]


def measure_visits(site: MeasuredSite) -> Sequence[Visit]:
    """Measure each public page in Chromium, twice. Return an empty list if Chromium is missing."""
    executable = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if executable is None:
        return []
    url = f"http://127.0.0.1:{site.port}"
    with serve(site.port, site.environ, REAL), sync_playwright() as playwright:
        browser = launch(playwright, executable)
        visits = [_measure(browser, url + path, name) for name, path in PAGES.items()]
        browser.close()
    return visits


def _measure(browser: Browser, url: str, name: str) -> Visit:
    taken = [_visit_twice(browser, url) for _ in range(VISITS)]
    return Visit(name, *(median(values) for values in zip(*taken, strict=True)))


def _visit_twice(browser: Browser, url: str) -> tuple[float, float, float, float]:
    """Return bytes of the first visit, of the second, LCP and CLS of the first."""
    context = browser.new_context(viewport=PHONE, device_scale_factor=2, is_mobile=True, has_touch=True)
    page = context.new_page()
    page.add_init_script(_OBSERVE)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", _NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    received = _count_bytes(session)
    page.goto(url, wait_until="networkidle")
    seen = page.evaluate("vu")
    first = sum(received)
    received.clear()
    page.goto(url, wait_until="networkidle")
    again = sum(received)
    context.close()
    return first, again, seen["lcp"], seen["cls"]


def _count_bytes(session: CDPSession) -> list[float]:
    received: list[float] = []

    def count(event: dict[str, Any]) -> None:
        received.append(event["encodedDataLength"])

    session.on("Network.loadingFinished", count)
    return received
