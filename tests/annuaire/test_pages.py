"""The public directory «Qui peut répondre à quoi»: search, content, and data never shown."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from devtools.factories import Monde, keep, make_acteur, make_agent
from mse.annuaire.models import Acteur, Competence, Nature
from mse.core.clock import now, today
from mse.extensions import db


def noms(client: Any, **filtres: str) -> list[str]:
    """The names on every page of the list, in order."""
    page = client.get("/acteurs", query_string=filtres)
    trouves: list[str] = []
    while True:
        assert page.status_code == 200
        trouves += re.findall(r'<h3><a href="/acteurs/\d+">([^<]+)</a></h3>', page.text)
        suite = re.search(r'href="([^"]+)" rel="next"', page.text)
        if suite is None:
            return trouves
        page = client.get(suite[1].replace("&amp;", "&"))


def competent(nom: str, theme: str | None, territoire: str | None, **champs: Any) -> Acteur:
    acteur: Acteur = make_acteur(nom, **champs)
    keep(Competence(acteur=acteur, theme_code=theme, territoire_code=territoire))
    return acteur


@pytest.fixture
def repertoire(app: Flask) -> None:
    competent("Cars du 13", "transport", "13")
    competent("Cars de Marseille", "transport", "13-9312")
    competent("Cars de la région", "transport", "93")
    competent("Cars de partout", "transport", None)
    competent("Cars du 06", "transport", "06")
    competent("Paie du 13", "remuneration", "13")
    competent("Tout à Marseille", None, "13-9312")
    make_acteur("Lavande", Nature.ORGANISME, territoire_code="13-9312")
    make_acteur("Azur", Nature.ORGANISME, territoire_code="06-9315")
    make_acteur("Partie", Nature.ORGANISME, territoire_code="13-9312", ferme_le=today())


@pytest.mark.usefixtures("repertoire")
def test_un_lieu_trouve_ce_qui_le_contient_et_ce_qu_il_contient(client: Any) -> None:
    assert noms(client, theme="transport", territoire="13") == [
        "Cars de la région",
        "Cars de Marseille",
        "Cars de partout",
        "Cars du 13",
        "Tout à Marseille",
    ]
    assert noms(client, theme="transport", territoire="06-9315") == [
        "Cars de la région",
        "Cars de partout",
        "Cars du 06",
    ]


@pytest.mark.usefixtures("repertoire")
def test_theme_et_lieu_sont_ceux_d_une_meme_competence(client: Any) -> None:
    deux = competent("Deux métiers", "remuneration", "06")
    keep(Competence(acteur=deux, theme_code="transport", territoire_code="84"))
    assert "Deux métiers" not in noms(client, theme="transport", territoire="06")
    assert "Deux métiers" in noms(client, theme="remuneration", territoire="06")


@pytest.mark.usefixtures("repertoire")
def test_un_organisme_repond_chez_lui_sur_les_themes_des_organismes(client: Any) -> None:
    assert noms(client, territoire="06") == ["Cars de la région", "Cars de partout", "Cars du 06", "Azur"]
    assert noms(client, theme="restauration", territoire="13") == ["Tout à Marseille", "Lavande"]
    assert noms(client, nature="organisme") == ["Azur", "Lavande"]
    assert "Lavande" not in noms(client, theme="discriminations")


@pytest.mark.parametrize("cherche", ["ecole", "ÉCOLE", "l’école", "paul  ecole", "œuvre", "OEUVRE"])
def test_un_nom_se_cherche_sans_accent_ni_casse(client: Any, cherche: str) -> None:
    make_acteur("L’École de l’Œuvre Saint-Paul")
    make_acteur("Collège Zola")
    assert noms(client, q=cherche) == ["L’École de l’Œuvre Saint-Paul"]


def test_la_liste_se_suit_page_par_page_les_services_d_abord(client: Any) -> None:
    services, organismes = [[f"{mot} {n:03}" for n in range(40)] for mot in ("Service", "Centre")]
    for service, organisme in zip(reversed(services), organismes, strict=True):
        make_acteur(service)
        make_acteur(organisme, Nature.ORGANISME)
    make_acteur("Service 024")  # the same name twice, on both sides of a page
    services = sorted([*services, "Service 024"])
    assert noms(client) == [*services, *organismes]
    assert noms(client, nature="organisme") == organismes
    assert noms(client, q="00") == [nom for nom in [*services, *organismes] if " 00" in nom]


def test_l_annuaire_propose_les_themes_tant_que_rien_n_est_choisi(client: Any) -> None:
    competent("Cars", "transport", "13")
    lien = '<a class="puce" href="/acteurs?theme=transport">'
    assert lien in client.get("/acteurs").text
    assert lien not in client.get("/acteurs?territoire=13").text


def test_ce_que_dit_une_carte(client: Any) -> None:
    cars = competent("Cars", "transport", "13")
    for territoire in ("06", "83"):
        keep(Competence(acteur=cars, theme_code="transport", territoire_code=territoire))
    keep(Competence(acteur=cars, theme_code="handicap", territoire_code=None))
    make_agent(cars)
    page = client.get("/acteurs").text
    domaines = re.findall(r"<p>([^<]+)</p>\s*<p class=\"lieux\">.*?</svg>([^<]+)</p>", page, flags=re.DOTALL)
    assert ("Transport", "Alpes-Maritimes, Bouches-du-Rhône, Var") in domaines
    assert ("Handicap", "Tout le territoire") in domaines
    assert "encore de compte" not in page


def test_sans_agent_en_poste_il_n_a_pas_encore_de_compte(client: Any) -> None:
    make_acteur("Sans personne")
    make_agent(make_acteur("Compte fermé")).ferme_le = now()
    make_agent(make_acteur("Parti hier")).appartenances[0].fin = today() - timedelta(days=1)
    make_agent(make_acteur("Invité, jamais venu")).active_le = None
    make_agent(make_acteur("Servi"))
    db.session.commit()
    assert client.get("/acteurs").text.count("N’a pas encore de compte") == 4


def test_jamais_une_adresse_de_courriel(client: Any, monde: Monde) -> None:
    for url in ("/acteurs", f"/acteurs/{monde.transports.id}", f"/acteurs/{monde.lavande.id}"):
        page = client.get(url)
        assert page.status_code == 200
        assert not re.search(r"[\w.]+@exemple\.fr", page.text)


def test_le_profil_dit_a_quoi_il_repond(client: Any, monde: Monde) -> None:
    page = client.get(f"/acteurs/{monde.transports.id}").text
    assert "</svg>Bouches-du-Rhône</p>" in page
    assert "Un service" in page
    assert "Les fiches de ses promotions" in client.get(f"/acteurs/{monde.lavande.id}").text
    assert client.get("/acteurs/999999").status_code == 404


@pytest.mark.parametrize(
    "question",
    [
        "theme=%00",
        "theme=cuisine",
        "territoire=zzz",
        "nature=autre",
        "q=" + "a" * 5000,
        "apres=zzz",
        "apres=-1",
        "apres=0",
        "apres=99999999999999999999",
        "apres=%C2%B2",
        "apres=999999",
    ],
)
def test_une_adresse_bricolee_recoit_une_phrase(client: Any, question: str) -> None:
    page = client.get(f"/acteurs?{question}")
    assert page.status_code == 422
    assert "n’est pas valable" in page.text


@pytest.mark.parametrize(
    "question",
    ["q=%00", "q=%ED%A0%80", "q=%E2%80%AE", "q=%25", "theme=", "autre=1", "q=" + "%F0%9F%98%80" * 20],
)
def test_une_question_etrange_est_une_question(client: Any, question: str) -> None:
    assert client.get(f"/acteurs?{question}").status_code == 200


def test_une_page_pleine_coute_autant_de_requetes_qu_une_ligne(client: Any) -> None:
    def count() -> int:
        requetes: list[str] = []

        def note(*args: Any) -> None:
            requetes.append(args[2])

        event.listen(db.engine, "before_cursor_execute", note)
        client.get("/acteurs?theme=transport&territoire=13")
        event.remove(db.engine, "before_cursor_execute", note)
        return len(requetes)

    competent("Cars 00", "transport", "13")
    une = count()
    for n in range(1, 25):
        make_agent(competent(f"Cars {n:02}", "transport", "13"))
    assert len(noms(client, theme="transport")) == 25
    assert count() == une <= 8
