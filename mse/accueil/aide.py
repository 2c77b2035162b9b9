"""The guides of the documentation, as the site shows them."""

import re

from mse.annuaire.policies import acteurs_de
from mse.comptes.models import Compte
from mse.config import RESOURCES
from mse.core.html import render_document
from mse.core.text import lazy
from mse.demarche import get_demarche
from mse.representation.policies import roles_de

# Name of the file in docs/guides and in the URL → title.
GUIDES = {
    "delegue": lazy("Guide des délégué·es"),
    "service": lazy("Guide des services"),
    "organisme": lazy("Guide des organismes de formation"),
    "animation": lazy("Guide de l’équipe d’animation"),
    "administration": lazy("Guide d’administration"),
    "reglages": lazy("Réglages"),
}
_PICTURE = re.compile(r"^!\[.*\n\n?", re.MULTILINE)
_NEIGHBOUR = re.compile(r"\]\((\w+)\.md\)")


def read_guide(nom: str) -> tuple[str, str]:
    """Return the title of a guide and the rest as HTML, in the words of the démarche. Links to other guides
    lose their `.md`. Pictures are removed: the reader can see the pages themselves."""
    markdown = (RESOURCES / "docs" / "guides" / f"{nom}.md").read_text("utf-8")
    markdown = _NEIGHBOUR.sub(r"](\1)", _PICTURE.sub("", markdown))
    titre, _fin, texte = render_document(markdown, say=get_demarche().dire).partition("</h1>")
    return titre.removeprefix("<h1>"), texte


def list_guides_de(compte: Compte) -> list[str]:
    """Return the guides of the roles that this person has today, without duplicates."""
    roles, acteurs = roles_de(compte), acteurs_de(compte)
    siens = {
        "delegue": bool(roles.delegue_de or roles.ancien_delegue_de),
        "service": any(not acteur.est_organisme for acteur in acteurs),
        "organisme": any(acteur.est_organisme for acteur in acteurs),
        "animation": roles.est_animateur,
        "administration": roles.est_administrateur,
    }
    return [nom for nom, est_sien in siens.items() if est_sien]
