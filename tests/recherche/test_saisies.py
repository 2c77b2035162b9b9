"""What people type: forms of words, numbers, mistakes, too much or nothing."""

import re
from typing import Any

import pytest

from devtools.factories import LONGUE, Monde, keep, make_acteur, make_fiche
from mse.annuaire.models import Nature
from mse.core.errors import DonneeInvalide
from mse.fiches.use_cases.traiter import regler_saisine, repondre_saisine
from mse.recherche.queries.resultats import Place
from mse.recherche.use_cases import reindex
from tests.recherche.chercher import found, list_titles, open_page, read_shown

pytestmark = pytest.mark.usefixtures("jour")

TITRE = "Le cœur du problème : la demi-pension de l’école à 8 €"


@pytest.mark.parametrize(
    "mots",
    [
        "coeur",
        "CŒUR",
        "cœurs",
        "demi-pension",
        "demi pension",
        "l'ecole",
        "l’École",
        "« école »",
        "pension 8",
    ],
)
def test_accents_ligatures_et_tirets_se_valent(monde: Monde, client: Any, mots: str) -> None:
    make_fiche(monde.promotion, monde.samira, monde.transports, titre=TITRE)
    assert found(client, mots) == [TITRE]


@pytest.mark.parametrize("mots", ["{}", "#{}", "n° {}", "N°{}", "fiche {}", "Fiche n° {}"])
def test_un_numero_mene_a_sa_fiche(monde: Monde, client: Any, mots: str) -> None:
    page = open_page(client, mots.format(monde.fiche.id))
    assert list_titles(page)[0] == monde.fiche.titre
    assert "La fiche qui porte ce numéro" in page


@pytest.mark.parametrize("mots", ["0", "#999999", "9999999999", "#"])
def test_un_numero_sans_fiche_ne_mene_a_rien(monde: Monde, client: Any, mots: str) -> None:
    assert "La fiche qui porte ce numéro" not in open_page(client, mots)


@pytest.mark.parametrize(
    "mots", ["12345678900012", "123 456 789 00012", "123456789", "123 456 789", "13001", "13001 greta"]
)
def test_un_siret_ou_un_code_postal_trouve_l_acteur(monde: Monde, client: Any, mots: str) -> None:
    keep(make_acteur("Greta du Vieux-Port", Nature.ORGANISME, siret="12345678900012", commune_code="13055"))
    reindex(lambda _done: None)
    assert found(client, mots) == ["Greta du Vieux-Port"]


def test_le_theme_et_le_lieu_se_cherchent_aussi(monde: Monde, client: Any) -> None:
    page = open_page(client, "transport marseille")
    assert list_titles(page) == [monde.fiche.titre]
    assert "<mark>Marseille</mark>" in page


def test_une_faute_se_corrige_et_le_dit(monde: Monde, client: Any) -> None:
    make_fiche(monde.promotion, monde.samira, monde.transports, titre="La cantine ferme trop tôt")
    page = open_page(client, "cantime")
    assert list_titles(page) == ["La cantine ferme trop tôt"]
    assert "Rien ne contient «\u202fcantime\u202f»" in read_shown(page)
    assert 'href="/recherche?q=cantine">cantine</a>' in page


def test_deux_lettres_echangees_autour_d_une_autre(monde: Monde, client: Any) -> None:
    make_fiche(monde.promotion, monde.samira, monde.transports, titre="La rémunération arrive tard")
    page = open_page(client, "rénumération")
    assert "La rémunération arrive tard" in list_titles(page)
    assert "Rien ne contient «\u202frénumération\u202f»" in read_shown(page)


def test_une_reponse_redite_en_reglant_ne_se_trouve_qu_une_fois(monde: Monde, client: Any) -> None:
    texte = "Le chauffage de la salle est réparé depuis lundi, et un radiateur reste en secours au besoin."
    repondre_saisine(monde.saisine, texte, par=monde.agent)
    regler_saisine(monde.saisine, texte, par=monde.agent)
    assert list_titles(open_page(client, "radiateur")) == [monde.fiche.titre]


def test_une_faute_qui_est_un_mot_se_devine_par_les_autres(monde: Monde, client: Any) -> None:
    make_fiche(monde.promotion, monde.samira, monde.transports, titre="Le poire manque", probleme="Au repas.")
    for rang in range(2):
        titre = f"La foire du port, {rang}"
        make_fiche(monde.promotion, monde.samira, monde.transports, titre=titre, probleme="Un stand.")
    page = open_page(client, "poire stand")  # no document has both
    assert len(list_titles(page)) == 2
    assert ">foire stand</a>" in page


def test_peu_de_resultats_font_proposer_un_mot_voisin(monde: Monde, client: Any) -> None:
    make_fiche(monde.promotion, monde.samira, monde.transports, titre="La poire manque")
    assert "Vouliez-vous dire" not in open_page(client, "poire")
    for rang in range(3):
        make_fiche(monde.promotion, monde.samira, monde.transports, titre=f"La foire du port, {rang}")
    page = open_page(client, "poire")
    assert list_titles(page) == ["La poire manque"]
    assert 'Vouliez-vous dire <a href="/recherche?q=foire">foire</a>' in page


@pytest.mark.parametrize(
    ("mots", "phrase"),
    [
        ("mot " * 1250, "C’est beaucoup de mots"),
        ("🙂", "Écrivez au moins un mot"),
        ("%_", "Écrivez au moins un mot"),
        ("le la les", "Écrivez au moins un mot"),
        ("   ", "Dans les fiches, les réponses"),
        ("introuvable", "Rien ne contient tous ces mots"),
    ],
)
def test_une_phrase_dit_ce_qui_manque(monde: Monde, client: Any, mots: str, phrase: str) -> None:
    assert phrase in open_page(client, mots)


@pytest.mark.parametrize("apres", ["x", "1", "1-", "-1", "1-x", "²-1", f"1-{10**19}", f"{10**12}-1"])
def test_un_curseur_invalide_se_refuse(monde: Monde, client: Any, apres: str) -> None:
    assert client.get("/recherche", query_string={"q": "car", "apres": apres}).status_code == 422
    with pytest.raises(DonneeInvalide):
        Place.parse(apres)


@pytest.mark.parametrize("tri", ["pertinence", "date", "personnes"])
def test_les_pages_se_suivent_sans_trou_ni_doublon(monde: Monde, client: Any, tri: str) -> None:
    for rang in range(30):
        titre = f"La cantine, {rang}" if rang % 3 == 0 else f"Le repas, {rang}"
        textes = {"titre": titre, "probleme": "La cantine ferme.", "effectif_concerne": rang % 5 + 1}
        make_fiche(monde.promotion, monde.samira, monde.transports, **textes)
    make_acteur("Service de la cantine")
    reindex(lambda _done: None)
    page, titres = open_page(client, "cantine", tri=tri), []
    while True:
        titres += list_titles(page)
        suite = re.search(r'href="([^"]*)" rel="next"', page)
        if suite is None:
            break
        page = client.get(suite[1].replace("&amp;", "&")).text
    assert len(titres) == len(set(titres)) == 31
    if tri == "pertinence":
        assert all("cantine" in titre for titre in titres[:11])
    if tri == "date":
        assert titres[-1] == "Service de la cantine"
        assert titres[0] == "Le repas, 29"


def test_le_mot_du_titre_passe_avant_une_fiche_plus_recente(monde: Monde, client: Any) -> None:
    for titre, probleme in (
        ("Cantine et car", "Rien."),
        ("Le car", "La cantine."),
        ("Le bus", "Cantine, car."),
    ):
        make_fiche(monde.promotion, monde.samira, monde.transports, titre=titre, probleme=probleme)
    assert found(client, "car cantine", genre="fiche") == ["Cantine et car", "Le car", "Le bus"]


def test_une_reponse_se_trouve_et_mene_a_sa_place(monde: Monde, client: Any) -> None:
    repondre_saisine(monde.saisine, f"Une trottinette vous attend. {LONGUE}", par=monde.agent)
    page = open_page(client, "trottinette")
    assert list_titles(page) == [monde.fiche.titre]
    assert f"#saisine-{monde.saisine.id}" in page
    assert "<mark>trottinette</mark>" in page
