"""A step of a draft on a phone: the question is seen at once, its button too, and it hides nothing in use."""

from typing import Any

import pytest

from devtools.browser import PHONE
from devtools.demo_ids import find_demo_ids
from devtools.site import Site, sign_in

pytestmark = pytest.mark.navigateur

COUVERTS = """() => {
  const covered = [];
  for (const field of document.querySelectorAll("main :is(input:not([type=hidden]), textarea)")) {
    if (!field.checkVisibility()) continue;
    field.focus();
    const bar = document.querySelector(".bas-etape .bouton").getBoundingClientRect();
    const box = field.getBoundingClientRect();
    if (box.top < bar.bottom && box.bottom > bar.top) covered.push(field.id);
  }
  return covered;
}"""


@pytest.mark.parametrize("etape", ["theme", "probleme", "solution", "destinataires"])
def test_la_question_et_le_bouton_tiennent_sur_l_ecran(site: Site, open_page: Any, etape: str) -> None:
    page = sign_in(open_page(PHONE), "delegue@demo.example")
    page.goto(f"/fiches/{find_demo_ids(site)['brouillon']}/brouillon/{etape}")
    titre = page.locator("main h1").bounding_box()
    bouton = page.locator(".bas-etape .bouton").bounding_box()
    assert titre["y"] + titre["height"] <= 340
    assert PHONE["height"] / 2 <= bouton["y"]
    assert bouton["y"] + bouton["height"] <= PHONE["height"]
    assert page.evaluate(COUVERTS) == []
