"""Who finds which repère: lists, filters, deposit, answers, search, feed."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from devtools.factories import Monde, make_brouillon
from mse.core.cache import clear_caches
from mse.core.clock import at, midnight, today
from mse.extensions import db
from mse.recherche.use_cases import index_due
from mse.reperes.models import Repere
from mse.reperes.queries.listes import Filtres, list_reperes
from mse.reperes.queries.pages import list_fiches_liees
from mse.reperes.use_cases.finir import retirer_repere
from tests.reperes.reperes import MOTIF, TEXTE, make_repere
from tests.reperes.reperes import make_brouillon as make_ebauche

CANARI = "CANARI-REPERE"
PARTOUT = ("/reperes", "/reperes.atom", "/recherche?q=canari", "/reperes?theme=transport&territoire=13")


def found(**filtres: str) -> list[str]:
    clear_caches()
    return [une.titre for une in list_reperes(Filtres(**filtres)).rows]


def test_un_filtre_trouve_ce_qui_touche_le_territoire(monde: Monde) -> None:
    make_repere(monde, titre="Région", territoires=("93",))
    make_repere(monde, titre="Département", territoires=("13",))
    make_repere(monde, titre="Zone", territoires=("13-9312",))
    make_repere(monde, titre="Autre", territoires=("06",), themes=("remuneration",))
    assert found() == ["Autre", "Zone", "Département", "Région"]
    assert found(territoire="93") == ["Autre", "Zone", "Département", "Région"]
    assert found(territoire="13") == ["Zone", "Département", "Région"]
    assert found(territoire="13-9312") == ["Zone", "Département", "Région"]
    assert found(territoire="84") == ["Région"]
    assert found(theme="remuneration") == ["Autre"]
    assert found(theme="remuneration", territoire="13") == []


def test_la_liste_se_lit_page_par_page(monde: Monde, client: Any) -> None:
    for rang in range(14):
        make_repere(monde, titre=f"Repère {rang:02}")
    page = client.get("/reperes").text
    assert page.count("<h3>") == 12
    suite = page.split('rel="next"')[0].rpartition('href="')[2].partition('"')[0]
    assert client.get(suite).text.count("<h3>") == 2
    assert client.get("/reperes?avant=zz").status_code == 422
    assert client.get("/reperes?territoire=13001").status_code == 422


def test_un_brouillon_ne_se_trouve_nulle_part(monde: Monde, as_: Any) -> None:
    ebauche = make_ebauche(monde, titre=CANARI, texte=f"{CANARI} {TEXTE}")
    index_due()
    clear_caches()
    fiche = f"/fiches/{_fiche(ebauche)}"
    for compte in (None, monde.samira, monde.autre_agent, monde.animatrice):
        for page in (*PARTOUT, fiche):
            assert CANARI not in as_(compte).get(page).text, page
        assert as_(compte).get(f"/reperes/{ebauche.id}").status_code == 404


def _fiche(repere: Repere) -> int:
    return list_fiches_liees(repere.id)[0].id


def test_la_recherche_trouve_un_repere_jusqu_a_son_retrait(monde: Monde, client: Any) -> None:
    repere = make_repere(monde, titre="La trottinette est prêtée")
    index_due()
    clear_caches()
    page = client.get("/recherche?q=trottinette&genre=repere").text
    assert f"/reperes/{repere.id}" in page
    retirer_repere(repere, MOTIF, par=monde.agent)
    clear_caches()
    assert f"/reperes/{repere.id}" not in client.get("/recherche?q=trottinette").text


def test_qui_ecrit_voit_ce_qui_est_deja_regle(monde: Monde, as_: Any) -> None:
    for rang in range(4):
        make_repere(monde, titre=f"Repère {rang}")
    make_repere(monde, titre="Ailleurs", territoires=("06",))
    make_repere(monde, titre="Autre thème", themes=("remuneration",))
    clear_caches()
    brouillon = make_brouillon(monde.promotion, monde.samira)
    samira = as_(monde.samira)
    for etape in ("theme", "probleme"):
        page = samira.get(f"/fiches/{brouillon.id}/brouillon/{etape}").text
        assert "Ce qui est déjà réglé" in page
        assert page.count("Lire le repère") == 3
        assert "Tous les repères sur ce thème" in page
        assert "Ailleurs" not in page
        assert "Autre thème" not in page
    assert "Ce qui est déjà réglé" not in samira.get(f"/fiches/{brouillon.id}/brouillon/causes").text
    reponse = f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}/reponse"
    assert "Ce qui est déjà réglé" in as_(monde.agent).get(reponse).text


@pytest.mark.usefixtures("jour")
def test_passe_sa_date_un_repere_se_dit_a_verifier(monde: Monde, client: Any) -> None:
    revue = today() + timedelta(days=30)
    repere = make_repere(monde, a_revoir_le=revue)
    assert "À vérifier" not in client.get(f"/reperes/{repere.id}").text
    fiche = f"/fiches/{_fiche(repere)}"
    with at(midnight(revue)):
        for page in ("/reperes", f"/reperes/{repere.id}", fiche):
            assert "À vérifier" in client.get(page).text


def test_un_repere_retire_garde_sa_page(monde: Monde, client: Any) -> None:
    repere = make_repere(monde)
    retirer_repere(repere, MOTIF, par=monde.animatrice)
    page = client.get(f"/reperes/{repere.id}").text
    assert "ne vaut plus depuis" in page
    assert TEXTE in page
    assert MOTIF in page
    assert f"/reperes/{repere.id}" not in client.get("/reperes").text
    db.session.expire_all()
    assert f"/reperes/{repere.id}" not in client.get(f"/fiches/{_fiche(repere)}").text


def test_le_flux_dit_le_texte(monde: Monde, client: Any) -> None:
    make_repere(monde, titre="Un & deux")
    flux = client.get("/reperes.atom?theme=transport")
    assert flux.mimetype == "application/atom+xml"
    assert "Un &amp; deux" in flux.text
    assert "gardent leur carte" in flux.text
    assert client.get("/reperes.atom?theme=rien").status_code == 422


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre(monde: Monde, client: Any) -> None:
    comptes = []
    for nombre in (1, 11):
        for _ in range(nombre):
            make_repere(monde)
        vues: list[str] = []
        event.listen(db.engine, "before_cursor_execute", listener := lambda *a: vues.append(a[2]))  # noqa: B023
        for page in ("/reperes", "/reperes?theme=transport&territoire=13", "/reperes.atom"):
            client.get(page)
        event.remove(db.engine, "before_cursor_execute", listener)
        comptes.append(len([une for une in vues if une.startswith("SELECT")]))
    assert comptes[1] <= comptes[0] <= 15
