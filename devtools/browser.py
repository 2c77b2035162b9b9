"""Start the Chromium of the system with Playwright, which downloads no browser."""

from typing import Literal

from playwright.sync_api import Browser, Playwright, ViewportSize

Theme = Literal["light", "dark"]
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
NARROW: ViewportSize = {"width": 320, "height": 640}
PHONE: ViewportSize = {"width": 360, "height": 740}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def launch(playwright: Playwright, executable: str) -> Browser:
    return playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
