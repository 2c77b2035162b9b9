"""Turn an event into mails: its folder of templates, one outbox row for each address."""

import re
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from flask import current_app
from markupsafe import escape

from mse.comptes.models import Compte
from mse.core.events import Event
from mse.core.html import without_stars
from mse.core.text import _
from mse.extensions import db
from mse.notifications.outbox import hide, put

_BLANK_LINES = re.compile(r"\n{3,}")  # left by empty blocks of a template


def mail(
    event: Event,
    addresses: Iterable[str],
    *,
    lien: str,
    lien_texte: str,
    expire_le: datetime | None = None,
    a_soi: bool = False,
    desabonnements: Mapping[str, str] | None = None,
    **context: Any,
) -> None:
    """Write one mail for each address, except the person who acted unless `a_soi`. Render templates once.

    `expire_le`: expiry of the secret in `lien`. `desabonnements`: address → its unsubscribe URL, the only
    difference between the mails. The templates of SaisineRepondue are `emails/saisine_repondue/subject.txt`,
    `body.txt`, `body.html`.
    """
    par = db.session.get(Compte, event.par_id) if event.par_id is not None else None
    others = {address.casefold(): address for address in addresses}
    if par is not None and par.courriel and not a_soi:
        others.pop(par.courriel.casefold(), None)
    if not others:
        return
    name = _folder(type(event).__name__)
    ici = secrets.token_hex(20)  # placeholder of that URL, random so that no text contains it
    context = {"par": par, "desabonnement": ici, "lien": lien, "lien_texte": lien_texte, **context}
    if texte_tape := context.get("texte"):
        context["texte"] = without_stars(texte_tape)
    context["sujet"], html = render_html(type(event), **context)
    texte = _BLANK_LINES.sub("\n\n", _render(f"emails/{name}/body.txt", context))
    for addresses, url in _group_recipients(others.values(), desabonnements):
        put(
            addresses,
            evenement=name,
            sujet=context["sujet"],
            texte=texte.replace(ici, url),
            html=html.replace(ici, escape(url)),
            expire_le=expire_le,
            desabonnement=url or None,
        )


def render_html(kind: type[Event], **context: Any) -> tuple[str, str]:
    """Return the subject and the HTML of the mail about an event."""
    name = _folder(kind.__name__)
    sujet = _render(f"emails/{name}/subject.txt", context)
    return sujet, _render(f"emails/{name}/body.html", {**context, "sujet": sujet})


def hide_quoted_text(texte: str, html: str, page: str) -> None:
    """Replace a hidden text in the stored mails that link to `page`."""
    masque = _("[Texte masqué par l’équipe d’animation]")
    hide(page, _BLANK_LINES.sub("\n\n", without_stars(texte)), html, masque)


def _group_recipients(
    addresses: Iterable[str], desabonnements: Mapping[str, str] | None
) -> list[tuple[Iterable[str], str]]:
    """Return the groups of addresses that get an identical mail, with their unsubscribe URL."""
    if desabonnements is None:
        return [(addresses, "")]
    return [([address], desabonnements[address]) for address in addresses]


def _render(template: str, context: dict[str, Any]) -> str:
    """Render without the context processors of web pages: the worker handles no request."""
    return current_app.jinja_env.get_template(template).render(context).strip()


@cache
def _folder(event_name: str) -> str:
    """SaisineRepondue → saisine_repondue"""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", event_name).lower()
