"""An officer answers forty saisines with a template: two clicks each beside the text."""

import re
import sqlite3
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, expect

from devtools.browser import DESKTOP
from devtools.site import Site, sign_in
from tests.parcours.test_la_file import AGENT

pytestmark = pytest.mark.navigateur

QUARANTE = 40
MODELE = (
    "Bonjour, nous avons bien lu votre fiche. Nous avons vérifié la situation avec le centre, et nous vous "
    "donnons une date avant la fin du mois. {signature}"
)
_RECU = re.compile("^Bonjour, nous avons bien lu")
_REPONDUES = "SELECT count(*) FROM fiches WHERE titre LIKE 'Le car en retard, %' AND statut = 'reponse'"
_SAISINE = (
    "SELECT s.id FROM saisines s JOIN fiches f ON f.id = s.fiche_id JOIN appartenances a USING (acteur_id)"
    " JOIN comptes c ON c.id = a.compte_id WHERE c.courriel = ? AND s.statut = 'en_cours'"
    " AND f.publication = 'publiee' AND a.fin IS NULL ORDER BY s.reponse_due, s.id"
)


def _copy(base: sqlite3.Connection, table: str, row_id: int, **changes: Any) -> int:
    """Insert a copy of a row and return its id."""
    base.row_factory = sqlite3.Row
    row = dict(base.execute(f"SELECT * FROM {table} WHERE id = ?", (row_id,)).fetchone())
    row = {nom: valeur for nom, valeur in {**row, **changes}.items() if nom != "id"}
    places = ", ".join("?" * len(row))
    query = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})"
    inserted = base.execute(query, list(row.values())).lastrowid
    assert inserted is not None
    return inserted


def _fill_queue(site: Site, saisine_id: int) -> None:
    """Give the acteur of this saisine forty of them and a template."""
    base = sqlite3.connect(site.instance / "mse.db", timeout=30)
    with base:
        fiche_id, acteur_id = base.execute(
            "SELECT fiche_id, acteur_id FROM saisines WHERE id = ?", (saisine_id,)
        ).fetchone()
        for numero in range(QUARANTE):
            copie = _copy(base, "fiches", fiche_id, cle=str(uuid4()), titre=f"Le car en retard, {numero}")
            _copy(base, "saisines", saisine_id, fiche_id=copie)
        base.execute(
            "INSERT INTO modeles_reponse (cle, acteur_id, geste, titre, texte, modifie_le, version)"
            " VALUES (?, ?, 'repondre', 'AAA Bien reçu', ?, '2026-01-01 00:00:00.000000', 1)",
            (str(uuid4()), acteur_id, MODELE),
        )
    base.close()


def test_quarante_reponses_en_deux_clics_chacune(open_page: Any, site: Site) -> None:
    courriel = site.value(AGENT)
    _fill_queue(site, site.value(_SAISINE, courriel))
    page = sign_in(open_page(DESKTOP), courriel)
    clics = 0

    def click(bouton: Locator) -> None:
        nonlocal clics
        clics += 1
        bouton.click()

    page.goto("/mon-espace?liste=en-cours")
    click(page.get_by_role("link", name="Le car en retard, 0", exact=True))
    for numero in range(QUARANTE):
        ouverte = page.locator(".rang.ouvert")
        expect(ouverte.get_by_role("heading", level=3)).to_have_text(f"Le car en retard, {numero}")
        click(ouverte.get_by_role("button", name="AAA Bien reçu"))
        expect(ouverte.get_by_label("Votre réponse")).to_have_value(_RECU)
        click(ouverte.get_by_role("button", name="Publier et passer à la suivante"))
        expect(page.get_by_text("Votre réponse est publiée.")).to_be_visible()
    assert clics == 2 * QUARANTE + 1  # one more unfolds the first row
    assert site.value(_REPONDUES) == QUARANTE
