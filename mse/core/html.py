"""Convert Markdown to HTML: text typed by users, and the packaged guides. No other module does it.

Three steps: Markdown without raw HTML, bleach (required by the customer, no longer maintained), nh3
(maintained). Source and result are both stored, so that pages do not convert anything.
"""

import re
import threading
from collections.abc import Callable, Iterable, Sequence
from html import escape, unescape
from typing import Any
from urllib.parse import urlsplit

import bleach
import nh3
from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import validateLink
from markdown_it.token import Token

_TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "a", "blockquote"}
_ATTRIBUTES = {"a": {"href"}}
_PROTOCOLS = {"http", "https", "mailto"}
_DOCUMENT_TAGS = _TAGS | {"h1", "h2", "h3", "table", "thead", "tbody", "tr", "th", "td", "code", "pre"}

_markdown = MarkdownIt("zero", {"breaks": True}).enable(
    ["emphasis", "list", "link", "blockquote", "newline", "escape", "entity", "autolink"]
)


def _show_host(_renderer: Any, tokens: Sequence[Token], idx: int, _options: Any, _env: Any) -> str:
    """Render the end of a link, with its host in parentheses, so that typed text cannot imitate a button of
    the site. The host is left out if the link text is the address itself."""
    debut = _find_opening(tokens, idx)
    href = str(tokens[debut].attrs.get("href", ""))
    texte = "".join(token.content for token in tokens[debut + 1 : idx]).strip()
    cible = urlsplit(href)
    lieu = cible.netloc.rpartition("@")[2] or cible.path.partition("?")[0]
    if not lieu or texte in (href, href.rstrip("/"), href.removeprefix("mailto:"), lieu):
        return "</a>"
    return f"</a> ({escape(lieu)})"


def _find_opening(tokens: Sequence[Token], idx: int) -> int:
    """Return the index of the opening token of the link that token `idx` closes. Links may be nested, because
    an address between < and > is a link even inside another one: the nearest token at the same level is its
    own."""
    return next(
        i
        for i in range(idx - 1, -1, -1)
        if tokens[i].type == "link_open" and tokens[i].level == tokens[idx].level
    )


def _is_readable(url: str) -> bool:
    """Return False if `urlsplit` raises, as on `http://[::x]/`: such an address stays plain text."""
    try:
        urlsplit(url)
    except ValueError:
        return False
    return validateLink(url)


_markdown.add_render_rule("link_close", _show_host)
_markdown.validateLink = _is_readable  # type: ignore[method-assign]

_documents = MarkdownIt("commonmark", {"html": False}).enable("table")

_TAG = re.compile(r"(<[^<>]*>)")
_CHAPTER = re.compile(r'<h2(?: id="(?P<id>[^"]+)")?>(?P<title>.*?)</h2>', re.DOTALL)
_EMPHASIS = re.compile(r"(\*{1,2})(?=\S)([^*\n]+)(?<=\S)\1")


class _Bleach(threading.local):
    """One bleach cleaner per thread: it is slow to create and not thread-safe."""

    def __init__(self) -> None:
        self.clean = bleach.Cleaner(
            tags=_TAGS,
            attributes={tag: list(names) for tag, names in _ATTRIBUTES.items()},
            protocols=_PROTOCOLS,
            strip=True,
        ).clean


_bleach = _Bleach()


def without_stars(markdown: str) -> str:
    """Remove the stars of `*emphasis*` and `**strong**`, for plain text pages and mails."""
    return _EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", markdown))


class Sanitized(str):
    """A Markdown text with its HTML, converted before the transaction that stores both."""

    html: str


def sanitized(markdown: str) -> Sanitized:
    text = Sanitized(markdown)
    text.html = _to_html(markdown) if markdown else ""
    return text


def sanitize(markdown: str) -> str:
    """Return safe HTML for light Markdown (paragraphs, emphasis, lists, quotes, links with their host)."""
    return markdown.html if isinstance(markdown, Sanitized) else _to_html(markdown)


def _to_html(markdown: str) -> str:
    """Takes up to 2 s for 20,000 hostile characters: must not run inside a use case (ADR 5)."""
    return nh3.clean(
        _bleach.clean(_markdown.render(markdown)),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_PROTOCOLS,
        link_rel="nofollow noopener noreferrer",
    )


def show_mail(html: str) -> str:
    """Return the HTML of an e-mail for a page: styles are removed and links cannot be followed."""
    return nh3.clean(
        html,
        tags=_TAGS | {"div"},
        attributes={},
        clean_content_tags={"script", "style", "title"},
        link_rel=None,
    )


def mark(html: str, excerpts: Iterable[str]) -> str:
    """Wrap each excerpt in `<mark>`, in the text of safe HTML and not in its tags."""
    wanted = sorted({escape(excerpt, quote=False) for excerpt in excerpts}, key=len, reverse=True)
    if not wanted:
        return html
    found = re.compile("|".join(map(re.escape, wanted)))
    parts = _TAG.split(html)
    parts[::2] = [found.sub(r"<mark>\g<0></mark>", text) for text in parts[::2]]
    return "".join(parts)


_INLINE = re.compile(r"</?(?:a|em|strong)\b[^>]*(?:>|$)")
_ANY_TAG = re.compile(r"<[^>]*(?:>|$)")
_BLANKS = re.compile(r"[ \t\r\n]+")  # no-break spaces, used before French punctuation, are kept


def excerpt(html: str, length: int = 200) -> str:
    """Return the beginning of sanitized HTML as plain text, cut after a word. The HTML may end in a tag."""
    text = _BLANKS.sub(" ", unescape(_ANY_TAG.sub(" ", _INLINE.sub("", html)))).strip()
    if len(text) <= length:
        return text
    return text[:length].rpartition(" ")[0].rstrip(" ,;:.\u202f") + "…"


def list_chapters(html: str) -> tuple[str, list[tuple[str, str]]]:
    """Return the HTML with an id on each h2, and their (id, title without tags). Existing ids are kept."""
    chapters = list[tuple[str, str]]()

    def mark(found: re.Match[str]) -> str:
        anchor = found["id"] or f"partie-{len(chapters) + 1}"
        chapters.append((anchor, _TAG.sub("", found["title"]).strip()))
        return f'<h2 id="{anchor}">{found["title"]}</h2>'

    return _CHAPTER.sub(mark, html), chapters


def render_document(markdown: str, *, say: Callable[[str], str]) -> str:
    """Return the HTML of a document of the application. `say` transforms its text, but not its code."""
    tokens = _documents.parse(markdown)
    for token in tokens:
        for child in token.children or ():
            if child.type == "text":
                child.content = say(child.content)
    html = _documents.renderer.render(tokens, _documents.options, {})
    return nh3.clean(
        html,
        tags=_DOCUMENT_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_PROTOCOLS,
        link_rel=None,
    )
