"""Import promotions, people and the public list of organismes, with and without JavaScript."""

import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from devtools.browser import PHONE
from devtools.site import Site, sign_in
from tests.parcours.test_premiere_visite import check_page, lien_recu

pytestmark = pytest.mark.navigateur


@pytest.mark.parametrize(
    ("javascript", "metier", "prenom"),
    [(False, "Apiculteur", "Maya"), (True, "Tonnelier", "Nina")],
    ids=["sans-script", "avec"],
)
def test_la_liste_d_une_classe_devient_des_comptes(
    site: Site, open_page: Any, tmp_path: Path, javascript: bool, metier: str, prenom: str
) -> None:
    page = sign_in(open_page(PHONE, javascript=javascript), "organisme@demo.example")
    courriel = f"{prenom.lower()}@exemple.fr"
    debut = date.today() - timedelta(days=30)
    fin = debut + timedelta(days=200)

    classes = tmp_path / "promotions.csv"
    classes.write_bytes(
        f"Titre;Commune;Début;Fin;Effectif\r\n{metier};13001 Marseille;{debut:%d/%m/%Y};{fin:%d/%m/%Y};11\r\n"
        f"Tourneur pour {metier};Atlantide;{debut:%d/%m/%Y};{fin:%d/%m/%Y};9\r\n".encode("cp1252")
    )
    page.goto("/mon-espace")
    page.get_by_role("link", name="Importer des promotions").click()
    page.get_by_label("Choisissez votre fichier").set_input_files(classes)
    page.get_by_role("button", name="Voir ce qui se passera").click()
    expect(page.get_by_role("main")).to_contain_text("1 ligne refusée")
    expect(page.get_by_role("main")).to_contain_text("Atlantide")
    if javascript:  # axe needs JavaScript
        check_page(page)
    assert not site.value("SELECT id FROM promotions WHERE titre = ?", metier)

    page.get_by_text("Corriger les lignes").click()
    page.get_by_label("Vos lignes").fill(
        page.get_by_label("Vos lignes").input_value().replace("Atlantide", "Nice")
    )
    page.get_by_role("button", name="Vérifier de nouveau").click()
    expect(page.get_by_role("main")).to_contain_text("2 lignes à créer")
    page.get_by_role("button", name="Importer ces lignes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("C’est importé")
    if javascript:  # axe needs JavaScript
        check_page(page)

    page.goto("/importer/personnes")
    page.get_by_label("Ou collez vos lignes ici").fill(
        f"Prénom\tNom\tCourriel\tRôle\tPromotion\tDébut\n"
        f"{prenom}\tFictive\t{courriel}\ttitulaire\t{metier}\t{debut:%d/%m/%Y}\n"
        f"Noé\tFictif\tnoe.exemple.fr\tsuppléant\t{metier}\t{debut:%d/%m/%Y}\n"
    )
    page.get_by_role("button", name="Voir ce qui se passera").click()
    expect(page.get_by_role("main")).to_contain_text("1 ligne à créer")
    expect(page.get_by_role("main")).to_contain_text("1 ligne refusée")
    page.get_by_role("button", name="Importer ces lignes").click()
    with page.expect_download() as rapport:
        page.get_by_role("button", name="Télécharger le rapport").click()
    assert f"{prenom} Fictive" in rapport.value.path().read_text("utf-8-sig")
    assert "invitation" in lien_recu(site, courriel, "/invitation/")


@pytest.mark.parametrize("javascript", [True, False], ids=["avec", "sans-script"])
def test_la_liste_publique_se_charge_pendant_qu_on_regarde(
    site: Site, open_page: Any, javascript: bool
) -> None:
    liste = Path(__file__).parents[1] / "donnees" / "organismes_fictifs_format_ods.csv"
    page = sign_in(open_page(PHONE, javascript=javascript), "animation@demo.example")
    page.get_by_text("Autres actions").click()
    page.get_by_role("link", name="la liste publique des organismes").click()
    if javascript:  # axe needs JavaScript
        check_page(page)
    page.get_by_label("Choisissez le fichier").set_input_files(liste)
    page.get_by_role("button", name="Essayer sans rien garder").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Essai de l’import")
    fini = page.get_by_text("C’est fini.")
    if not javascript:
        limite = time.monotonic() + 30
        while not fini.count():
            assert time.monotonic() < limite
            page.get_by_role("link", name="Actualiser").click()
    expect(fini).to_be_visible(timeout=30_000)  # with JavaScript the page refreshes itself
    expect(page.get_by_role("main")).to_contain_text("rien n’a été gardé")
    with page.expect_download() as rapport:
        page.get_by_role("link", name="Télécharger le compte rendu").click()
    assert "inchangé" in rapport.value.path().read_text("utf-8-sig")
    if javascript:
        check_page(page)
