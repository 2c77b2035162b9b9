"""Searches on the page, as a visitor."""

import re
from html import unescape
from typing import Any

from mse.core.cache import clear_caches
from mse.extensions import db
from mse.recherche.use_cases import index_due

_TITLE = re.compile("<h3>(.*?)</h3>", re.DOTALL)
_TAG = re.compile("<[^>]*>")


def open_page(client: Any, mots: str, **filtres: str) -> str:
    """Return the page of a search as it stands, the index up to date, without its head and its fields."""
    db.session.rollback()
    index_due()
    clear_caches()
    page = client.get("/recherche", query_string={"q": mots, **filtres})
    assert page.status_code == 200
    text: str = page.text
    return text


def list_titles(page: str) -> list[str]:
    return [unescape(_TAG.sub("", titre)) for titre in _TITLE.findall(page)]


def found(client: Any, mots: str, **filtres: str) -> list[str]:
    """Return the titles of the results."""
    return list_titles(open_page(client, mots, **filtres))


def read_shown(page: str) -> str:
    """Return what the page says beside the search itself, which it repeats."""
    main = page[page.index("<main") :]
    return unescape(_TAG.sub(" ", main[main.index("</form>") :]))
