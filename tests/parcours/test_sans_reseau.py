"""A fiche is written without network, and no page of an account is kept by the service worker."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from devtools.axe import find_violations
from devtools.browser import PHONE
from devtools.site import Site, sign_in

pytestmark = pytest.mark.navigateur

KEPT = """async () => {
  await navigator.serviceWorker.ready;
  const pages = [];
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) {
      const answer = await caches.match(request);
      pages.push([new URL(request.url).pathname, await answer.text()]);
    }
  }
  return pages;
}"""


def _arrive(open_page: Any) -> Page:
    page: Page = sign_in(open_page(PHONE), "delegue@demo.example")
    page.wait_for_function("async () => (await navigator.serviceWorker.ready).active.state === 'activated'")
    page.wait_for_function("() => navigator.serviceWorker.controller")
    return page


def test_une_fiche_sans_reseau(site: Site, open_page: Any) -> None:
    page = _arrive(open_page)
    page.goto("/fiches")
    page.goto("/mon-espace")
    pages = page.evaluate(KEPT)
    assert [path for path, _text in pages if not path.startswith("/static/")] == ["/hors-ligne"]
    assert not any("data-compte" in text or "csrf_token" in text for _path, text in pages if "<html" in text)

    page.context.set_offline(True)
    page.goto("/fiches")
    expect(page.get_by_role("heading", level=1)).to_have_text("Pas de réseau")
    expect(page.get_by_role("link", name=re.compile("Le réseau est revenu"))).to_be_hidden()
    page.get_by_label("Un titre").fill("Pas de chauffage dans l’atelier")
    page.get_by_label("Que se passe-t-il").fill("Le chauffage est en panne.")
    expect(page.locator(".etat-garde")).to_have_text(re.compile("^Gardé sur"))
    assert find_violations(page) == []
    page.reload()
    expect(page.get_by_label("Que se passe-t-il")).to_have_value("Le chauffage est en panne.")

    page.context.set_offline(False)
    page.get_by_role("link", name=re.compile("Le réseau est revenu")).click()
    expect(page.locator("[data-reprendre]")).to_contain_text("Pas de chauffage dans l’atelier")
    page.get_by_label("Matériel et locaux").check()
    page.get_by_role("button", name=re.compile("^Continuer")).click()
    expect(page.locator("#probleme")).to_have_value("Le chauffage est en panne.")
    assert site.value("SELECT count(*) FROM fiches WHERE titre = 'Pas de chauffage dans l’atelier'") == 1
    assert page.evaluate("Object.keys(localStorage)") == ["mse-compte"]


def test_un_telephone_sans_compte_ne_garde_rien(open_page: Any) -> None:
    page = open_page(PHONE)
    page.goto("/hors-ligne")
    expect(page.get_by_text("connectez-vous d’abord une fois")).to_be_visible()
    expect(page.get_by_label("Que se passe-t-il")).to_be_hidden()


def test_les_textes_gardes_se_retrouvent_dans_mon_espace(open_page: Any) -> None:
    page = _arrive(open_page)
    page.context.set_offline(True)
    page.goto("/mon-espace")
    page.get_by_label("Un titre").fill("Écrit dans le car")
    expect(page.locator(".etat-garde")).to_have_text(re.compile("^Gardé sur"))
    page.context.set_offline(False)
    page.goto("/mon-espace")
    gardes = page.locator("[data-gardes]")
    expect(gardes.get_by_role("link", name="Écrit dans le car")).to_have_attribute("href", "/fiches/nouvelle")
    page.on("dialog", lambda dialog: dialog.accept())
    gardes.get_by_role("button", name="Effacer").click()
    expect(gardes).to_be_hidden()
    assert page.evaluate("Object.keys(localStorage)") == ["mse-compte"]
