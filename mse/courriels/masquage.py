"""Mails about masked passages: the reason, to those who wrote the texts. They do not quote the words."""

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from mse.comptes.models import Compte
from mse.core.text import _
from mse.core.web import lien
from mse.courriels.initiatives import list_porteurs
from mse.extensions import db
from mse.fiches.models import Etape, Fiche
from mse.initiatives.models import Initiative
from mse.masquage.api import locate
from mse.masquage.events import PassageMasque
from mse.masquage.models import Passage
from mse.masquage.queries import get_ligne, get_page_of, page_of
from mse.notifications.annonces import mails
from mse.notifications.mails import mail
from mse.notifications.queries import list_agents, list_animateurs, list_delegates


@mails(PassageMasque)
def mail_authors(event: PassageMasque) -> None:
    """Write one mail for each page that has a masked text."""
    passage = db.session.get_one(Passage, event.passage_id)
    pages: dict[Any, set[str]] = {}
    for original in passage.originaux:
        ligne = get_ligne(original)
        page = get_page_of(ligne)
        pages.setdefault(page, set()).update(_list_authors(ligne, page))
    for page, adresses in pages.items():
        endpoint, ids = locate(page_of(page)[0], page.id)
        mail(
            event,
            sorted(adresses),
            page=page,
            lien=lien(endpoint, **ids),
            lien_texte=_("Voir la page"),
            texte=passage.motif,
            texte_html=Markup("<br>").join(passage.motif.splitlines()),
        )


def _list_authors(ligne: Any, page: Any) -> Iterable[str]:
    """Return the address of the author of an étape; else those of the team that the page belongs to."""
    if isinstance(ligne, Etape) and ligne.auteur_id is not None:
        auteur = db.session.get_one(Compte, ligne.auteur_id)
        return [auteur.courriel] if auteur.est_joignable and auteur.courriel else []
    if isinstance(page, Fiche):
        return list_delegates(page.promotion_id)
    if isinstance(page, Initiative):
        return list_porteurs(page)
    return list_agents(page.acteur) if page.acteur else list_animateurs()
