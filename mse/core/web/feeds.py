"""Atom feeds (RFC 4287). They hold public content only and do not depend on the reader."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Response, current_app, request

# Characters invalid in XML: one of them in a pasted text would make the whole feed unreadable.
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_EMPTY = datetime(2004, 1, 1, tzinfo=UTC)  # `updated` is mandatory, even without entries


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An entry of a feed. `id`: a unique URL that never changes; `url`: the page to open; `html`:
    sanitised."""

    id: str
    url: str
    titre: str
    html: str
    publiee_le: datetime
    modifiee_le: datetime


def send_feed(*, titre: str, url: str, page: str, entries: Sequence[Entry]) -> Response:
    """Return the feed, or 304 if the client has it. `url`: its own address; `page`: the same as a web page.

    Rendered without the context processors of web pages, so that a signed-in reader costs no query.
    """
    updated = max((entry.modifiee_le for entry in entries), default=_EMPTY)
    template = current_app.jinja_env.get_template("layouts/flux.atom.xml")
    feed = template.render(titre=titre, url=url, page=page, entries=entries, updated=updated)
    response = Response(NOT_IN_XML.sub(" ", feed), mimetype="application/atom+xml")
    response.headers["Cache-Control"] = "no-cache"
    response.last_modified = updated
    response.add_etag()
    response.make_conditional(request)
    return response
