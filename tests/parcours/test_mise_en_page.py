"""The page header on a narrow screen and with forced colours."""

from typing import Any

import pytest
from playwright.sync_api import Page

from devtools.browser import NARROW

pytestmark = pytest.mark.navigateur

TITRE = "Le conseil citoyen de la métropole"


def _bordures(page: Page) -> list[str]:
    """Return the bottom border colour of each menu entry, then the background colour of the page."""
    couleurs: list[str] = page.evaluate(
        """[...document.querySelectorAll(".entete nav a")]
           .map((lien) => getComputedStyle(lien).borderBottomColor)
           .concat(getComputedStyle(document.documentElement).backgroundColor)"""
    )
    return couleurs


def test_une_demarche_au_titre_long_tient_sur_un_petit_telephone(open_page: Any) -> None:
    page = open_page(NARROW)
    page.goto("/")
    page.locator(".marque").evaluate("(marque, titre) => { marque.lastChild.textContent = titre }", TITRE)
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]


def test_sous_un_contraste_impose_une_seule_entree_du_menu_est_soulignee(open_page: Any) -> None:
    """Forced colours make transparent borders visible: only the current entry must show one."""
    page = open_page()
    page.emulate_media(forced_colors="active")
    page.goto("/meteo")
    *entrees, fond = _bordures(page)
    assert [couleur != fond for couleur in entrees] == [False, False, True, False, False, False]
