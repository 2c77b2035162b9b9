"""The list says how many fiches there are, and filters by an organisme whose name is typed."""

from typing import Any

import pytest
from flask import Flask

from devtools.factories import Monde, make_acteur, make_fiche
from mse.annuaire.models import Nature
from mse.fiches.queries.listes import COUNTED
from mse.fiches.views.lire import _say_total
from mse.moderation.use_cases import retirer_fiche

pytestmark = pytest.mark.usefixtures("jour")


def test_le_nombre_suit_les_filtres(monde: Monde, client: Any) -> None:
    for _rang in range(3):
        make_fiche(monde.promotion, monde.samira, monde.transports, theme="restauration")
    cachee = make_fiche(monde.promotion, monde.samira, monde.transports, theme="restauration")
    retirer_fiche(cachee, "Elle nomme une personne.", par=monde.animatrice)
    assert "<h2>4 fiches, les plus récentes d’abord</h2>" in client.get("/fiches").text
    assert "<h2>3 fiches, " in client.get("/fiches?theme=restauration&territoire=13&statut=en_cours").text
    assert "<h2>1 fiche</h2>" in client.get("/fiches?theme=transport").text
    assert "<h2>0 fiche</h2>" in client.get(f"/fiches?acteur={monde.remuneration.id}").text


def test_un_grand_nombre_se_dit_plus_de(app: Flask) -> None:
    with app.test_request_context():
        assert _say_total(COUNTED) == "1\u202f000 fiches, les plus récentes d’abord"
        assert _say_total(COUNTED + 1).startswith("Plus de 1\u202f000 fiches")


def test_un_seul_organisme_filtre_aussitot(monde: Monde, client: Any) -> None:
    answer = client.get("/fiches?theme=transport&organisme=LAVANDE")
    assert answer.status_code == 303
    assert answer.location == f"/fiches?theme=transport&acteur={monde.lavande.id}"
    assert f'<option value="{monde.lavande.id}" selected>' in client.get(answer.location).text


def test_plusieurs_organismes_se_choisissent(monde: Monde, client: Any) -> None:
    page = client.get("/fiches?organisme=formation&theme=transport").text
    assert "Plusieurs organismes portent ce nom" in page
    assert f'href="/fiches?theme=transport&amp;acteur={monde.ailleurs.id}"' in page


@pytest.mark.parametrize("nom", ["Introuvable", "%", "🙂", "'", "Cars régionaux", "x" * 5000])
def test_un_nom_inconnu_mene_a_l_annuaire(monde: Monde, client: Any, nom: str) -> None:
    make_acteur("Organisme fermé", Nature.ORGANISME)
    page = client.get("/fiches", query_string={"organisme": nom})
    assert page.status_code == 200
    assert "Chercher dans l’annuaire" in page.text
