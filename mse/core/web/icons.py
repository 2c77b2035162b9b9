"""Bootstrap's icons, inlined one by one: the sprite would cost a visitor 1.1 MB."""

import re
from functools import cache
from importlib import resources

from markupsafe import Markup, escape

_SPRITE = "static/bootstrap5/icons/bootstrap-icons.svg"
_SYMBOL = re.compile(r'<symbol[^>]*viewBox="([^"]+)"[^>]*id="([^"]+)"[^>]*>(.*?)</symbol>', re.DOTALL)


@cache
def _symbols() -> dict[str, tuple[str, str]]:
    sprite = (resources.files("flask_bootstrap") / _SPRITE).read_text("utf-8")
    return {name: (box, body) for box, name, body in _SYMBOL.findall(sprite)}


@cache
def icon(name: str, label: str | None = None) -> Markup:
    """Decorative unless `label` says what it means. Raises `KeyError` on an unknown name."""
    box, body = _symbols()[name]
    meaning = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return Markup(
        f'<svg class="icone" viewBox="{box}" fill="currentColor" focusable="false" {meaning}>{body}</svg>'
    )
