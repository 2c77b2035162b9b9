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
from mse.core.web import lien as lien_absolu
from mse.extensions import db
from mse.notifications.centre import distribute
from mse.notifications.outbox import hide, put
from mse.notifications.reception import FAMILLE_DE, Famille

_BLANK_LINES = re.compile(r"\n{3,}")  # left by empty blocks of a template


def mail(
    event: Event,
    addresses: Iterable[str],
    *,
    lien: str,
    lien_texte: str,
    expire_le: datetime | None = None,
    a_soi: bool = False,
    famille: Famille | None = None,
    desabonnements: Mapping[str, str] | None = None,
    **context: Any,
) -> None:
    """Notify the accounts among the addresses, except the person who acted unless `a_soi`. Write one mail for
    each address that is told at once.

    `expire_le`: expiry of the secret in the mail. `famille`: what the person chooses about, if it differs
    from that of the event.
    """
    par = db.session.get(Compte, event.par_id) if event.par_id is not None else None
    others = {address.casefold(): address for address in addresses}
    if par is not None and par.courriel and not a_soi:
        others.pop(par.courriel.casefold(), None)
    name = _folder(type(event).__name__)
    famille = famille or FAMILLE_DE.get(name)
    if famille is not None:
        others = distribute(event, name, famille, others, lien=lien, context=context)
    if others:
        write_mail(
            name,
            others.values(),
            lien=lien,
            lien_texte=lien_texte,
            expire_le=expire_le,
            desabonnements=desabonnements,
            par=par,
            reglages=lien_absolu("notifications.reception") if famille is not None else None,
            **context,
        )


def write_mail(
    name: str,
    addresses: Iterable[str],
    *,
    lien: str,
    lien_texte: str,
    expire_le: datetime | None = None,
    desabonnements: Mapping[str, str] | None = None,
    **context: Any,
) -> None:
    """Write one mail for each address. Render its templates once: `subject.txt`, `body.txt` and `body.html`
    in `emails/<name>/`.

    `desabonnements`: address → its unsubscribe URL, the only difference between the mails.
    """
    ici = secrets.token_hex(20)  # placeholder of that URL, random so that no text contains it
    context = {"desabonnement": ici, "lien": lien, "lien_texte": lien_texte, **context}
    if texte_tape := context.get("texte"):
        context["texte"] = without_stars(texte_tape)
    context["sujet"], html = _render_html(name, **context)
    texte = _BLANK_LINES.sub("\n\n", _render(f"emails/{name}/body.txt", context))
    for group, url in _group_recipients(addresses, desabonnements):
        put(
            group,
            evenement=name,
            sujet=context["sujet"],
            texte=texte.replace(ici, url),
            html=html.replace(ici, escape(url)),
            expire_le=expire_le,
            desabonnement=url or None,
        )


def render_html(kind: type[Event], **context: Any) -> tuple[str, str]:
    """Return the subject and the HTML of the mail about an event."""
    return _render_html(_folder(kind.__name__), **context)


def _render_html(name: str, **context: Any) -> tuple[str, str]:
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
