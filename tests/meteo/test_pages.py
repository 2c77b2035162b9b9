"""Public pages of the météo, with data and with an empty database."""

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import event

from devtools.factories import (
    JOUR,
    LONGUE,
    NICE,
    Monde,
    build_monde,
    keep,
    make_agent,
    make_delegue,
    make_fiche,
    make_promotion,
)
from mse.core.clock import at, now, today
from mse.core.dates import date_longue
from mse.extensions import db
from mse.fiches.use_cases import traiter
from mse.meteo.mesures import Chiffre, Mesure
from mse.meteo.queries.chiffres import read_coupes
from mse.meteo.use_cases import actualiser, recalculer
from mse.moderation import use_cases as moderer
from mse.representation.models import Election, NatureElection
from mse.representation.use_cases.promotions import modifier_promotion
from mse.responsables.use_cases import transferer_saisine
from tests.database_states import DatabaseStates

MOTIF = "Ces horaires dépendent de vous, pas de nous."
PAGES = ["/meteo", "/meteo/13", "/meteo/13-9312", "/meteo/definition", "/meteo/93/ecoute", "/meteo.json"]


@pytest.fixture
def monde(database_states: DatabaseStates) -> Iterator[Monde]:
    with at(JOUR):
        yield database_states.once(build_monde)


@pytest.fixture
def vivant(monde: Monde, database_states: DatabaseStates) -> Iterator[Monde]:
    """Six represented promotions of Marseille. Each has filed a fiche that was answered in time."""
    anime = database_states.once(_animer, monde)
    with at(JOUR + timedelta(days=35)):
        actualiser()
        yield anime


def _animer(monde: Monde) -> Monde:
    for numero in range(5):
        promotion = make_promotion(monde.lavande, f"Groupe {numero}")
        fiche = make_fiche(promotion, make_delegue(promotion, "Rosa"), monde.transports)
        traiter.regler_saisine(fiche.saisines[0], LONGUE, par=monde.agent)
    traiter.regler_saisine(monde.saisine, LONGUE, par=monde.agent)
    return monde


@pytest.mark.parametrize("page", PAGES)
def test_une_base_vide_explique_le_brouillard(app: Flask, client: Any, page: str) -> None:
    response = client.get(page)
    assert response.status_code == 200
    if page == "/meteo":
        assert "Brouillard" in response.text
        assert "Trop peu de chiffres" in response.text
        assert "ne sont pas encore comptés" in response.text


def test_le_soleil_dit_son_indice_et_ses_preuves(vivant: Monde, client: Any) -> None:
    page = client.get("/meteo/13").text
    assert "Grand soleil" in page
    assert "<b>100</b>" in page
    assert "Le vrai chiffre est sans doute entre 60 et 100." in page
    assert "6 sur 6" in page
    carte = client.get("/meteo").text
    assert 'aria-label="Bouches-du-Rhône : grand soleil, indice 100 sur 100, sans doute entre ' in carte
    assert 'aria-label="Vaucluse : brouillard"' in carte


def test_le_brouillard_dit_ce_qui_manque_sans_courbe(monde: Monde, client: Any) -> None:
    """In the fog the page lists the measures with too few cases; it draws nothing."""
    page = client.get("/meteo/13").text
    assert "Ce qui manque pour y voir" in page
    assert "0 promotion en cours\u202f; il en faut au moins 5." in page
    assert 'class="courbe"' not in page
    assert 'class="echelle"' not in page
    assert "Pourquoi ce temps" not in page


def test_la_preuve_montre_ce_qui_manque_d_abord(vivant: Monde, client: Any) -> None:
    muette = make_promotion(vivant.lavande, "Groupe sans voix")
    page = client.get("/meteo/13/representation").text
    assert "6 sur 7" in page
    assert "1 promotion n’a pas encore de délégué·e" in page
    assert page.index(muette.titre) < page.index("Groupe 1")


def test_une_carence_constatee_est_dite_a_part(vivant: Monde, client: Any) -> None:
    sans = make_promotion(vivant.lavande, "Groupe sans voix")
    election = Election(cle="c", promotion=sans, nature=NatureElection.CARENCE, le=today(), saisie_le=now())
    avant = client.get("/meteo/13/representation").text
    keep(election)
    page = client.get("/meteo/13/representation").text
    assert "6 sur 7" in page
    assert [texte.count("personne n’a pu être élu") for texte in (avant, page)] == [0, 1]


def test_une_reponse_en_retard_est_celle_de_qui_la_devait(monde: Monde, client: Any) -> None:
    """A late saisine transferred to an organisme still counts for the service, at the old due date."""
    due = monde.saisine.reponse_due
    with at(JOUR + timedelta(days=35)):
        transferer_saisine(monde.saisine, monde.lavande.id, MOTIF, par=monde.agent)
        recalculer(due, today())
        assert read_coupes("13", due)["nature:service"] == {Mesure.ECOUTE: Chiffre(0, 1)}
        assert "nature:organisme" not in read_coupes("13", due)
        page = client.get(f"/meteo/13/ecoute?le={due}").text
    assert f"{monde.transports.nom} · réponse attendue le {date_longue(due)}" in page
    assert monde.lavande.nom not in page


def test_dans_le_brouillard_on_dit_ou_l_on_y_voit(vivant: Monde, client: Any) -> None:
    page = client.get("/meteo/06").text
    autour = page[page.index("Autour, on y voit") :]
    assert 'href="/meteo/13"' in autour[: autour.index("</section>")]
    assert "Autour, on y voit" not in client.get("/meteo/13").text


def test_une_preuve_range_les_faits_par_reponse(vivant: Monde, client: Any) -> None:
    make_promotion(vivant.lavande, "Groupe sans voix")
    page = client.get("/meteo/13/representation").text
    assert page.index("Non\u202f: 1") < page.index("Groupe sans voix") < page.index("Oui\u202f: 6")


def test_une_promotion_demenagee_garde_la_preuve_de_sa_parole(monde: Monde, client: Any) -> None:
    """Expression counts in the territoire where the promotion is now, not where the fiche was filed."""
    promotion = monde.promotion
    modifier_promotion(
        promotion,
        titre=promotion.titre,
        commune_code=NICE,
        debut=promotion.debut,
        fin=promotion.fin,
        effectif=promotion.effectif,
        succede_a=None,
        par=monde.admin,
    )
    actualiser()
    assert "1 sur 2" in client.get("/meteo/06").text
    assert "1 sur 2" in client.get("/meteo/06/expression").text


def test_une_petite_promotion_n_est_pas_nommee(vivant: Monde, client: Any) -> None:
    make_promotion(vivant.lavande, "Quatre personnes", effectif=4)
    page = client.get("/meteo/13/representation").text
    assert "Quatre personnes" not in page
    assert "une promotion de Lavande Formation" in page


def test_une_fiche_retiree_n_est_plus_listee_mais_compte(vivant: Monde, client: Any) -> None:
    moderer.retirer_fiche(vivant.fiche, "Elle nomme une personne de l’équipe.", par=vivant.animatrice)
    page = client.get("/meteo/13/resolution").text
    assert "6 sur 6" in page
    assert f'/fiches/{vivant.fiche.id}"' not in page
    assert "1 ligne de cette page n’est plus montrée" in page


def test_les_exports_disent_les_memes_chiffres(vivant: Monde, client: Any) -> None:
    lu = client.get("/meteo/13.json").json
    un = lu["territoires"][0]
    assert (un["code"], un["niveau"], un["indice"]) == ("13", "grand_soleil", 100.0)
    assert un["mesures"]["representation"] == {
        "k": 6, "n": 6, "compte": True, "intervalle": [0.6097, 1.0],
    }  # fmt: skip
    texte = client.get("/meteo/13.csv").data.decode("utf-8-sig")
    lignes = list(csv.DictReader(io.StringIO(texte), delimiter=";"))
    assert {(x["mesure"], x["k"], x["n"]) for x in lignes if x["territoire"] == "13"} >= {
        ("Représentation", "6", "6"),
        ("Résolution", "6", "6"),
    }
    assert len(lignes) == len(lu["territoires"]) * len(Mesure)
    classeur = load_workbook(io.BytesIO(client.get("/meteo/13.xlsx").data))
    tete, *rangees = classeur.active.iter_rows(values_only=True)
    assert list(tete) == list(lignes[0])
    assert [(r[0], r[4], r[5], r[6]) for r in rangees] == [
        (x["territoire"], x["mesure"], int(x["k"]), int(x["n"])) for x in lignes
    ]


@pytest.mark.parametrize(
    ("adresse", "statut", "phrase"),
    [
        ("/meteo/99", 404, "n’existe pas ici"),
        ("/meteo/%00", 404, ""),
        ("/meteo/13/inconnue", 404, ""),
        ("/meteo/13?le=hier", 400, "AAAA-MM-JJ"),
        ("/meteo/13?le=1999-12-31", 400, "n’existait pas encore"),
        ("/meteo/13?le=2126-01-01", 400, "n’est pas encore passée"),
        ("/meteo/13?fenetre=6", 400, "de 7 à 365 jours"),
        ("/meteo/13?fenetre=366", 400, "de 7 à 365 jours"),
        ("/meteo/13?fenetre=beaucoup", 400, "en jours"),
        ("/meteo/13.json?fenetre=0", 400, "de 7 à 365 jours"),
        ("/meteo/13/ecoute?page=-3", 200, ""),
        ("/meteo/13/ecoute?page=999", 200, ""),
    ],
)
def test_une_mauvaise_demande_recoit_une_phrase(
    monde: Monde, client: Any, adresse: str, statut: int, phrase: str
) -> None:
    response = client.get(adresse)
    assert (response.status_code, phrase in response.text) == (statut, True)


def test_une_autre_periode_se_compte_sur_les_faits(vivant: Monde, client: Any) -> None:
    page = client.get("/meteo/13?fenetre=30")
    assert page.status_code == 200
    assert "30 jours, jusqu’au 21 décembre 2026" in page.text
    assert "6 sur 6" in page.text


def test_personne_n_occupe_le_site_a_compter_d_autres_periodes(vivant: Monde, client: Any) -> None:
    """Other windows are computed from the facts of a whole region, so they are rate-limited.

    The default window and results already in the cache stay available.
    """
    reponses = [client.get(f"/meteo/13?fenetre={jours}").status_code for jours in range(30, 45)]
    assert reponses == [200] * 10 + [429] * 5
    assert client.get("/meteo/13.json?fenetre=30").status_code == 200
    assert client.get("/meteo/13").status_code == 200


def test_personne_n_occupe_le_site_a_prouver_chaque_jour(vivant: Monde, client: Any) -> None:
    """Proof pages are computed from the facts too, so they are rate-limited. The météo is not."""
    jours = [today() - timedelta(days=n) for n in range(31)]
    reponses = [client.get(f"/meteo/13/ecoute?le={jour}").status_code for jour in jours]
    assert reponses == [200] * 30 + [429]
    assert client.get("/meteo/13").status_code == 200
    ailleurs = {"REMOTE_ADDR": "192.0.2.7"}
    assert client.get("/meteo/13/ecoute", environ_base=ailleurs).status_code == 200  # limit per IP address


def test_hier_reste_hier(vivant: Monde, client: Any) -> None:
    recalculer(today() - timedelta(days=40), today())
    avant = client.get("/meteo/13.json?le=2026-11-10").json
    with at(JOUR + timedelta(days=30)):
        make_agent(vivant.lavande, "Nadine")
        actualiser()
        assert client.get("/meteo/13.json?le=2026-11-10").json == avant
        assert client.get("/meteo.json").json["jour"] == "2026-12-16"


@pytest.mark.parametrize("page", ["/meteo", "/meteo/13"])
def test_le_nombre_de_requetes_ne_depend_pas_des_faits(vivant: Monde, client: Any, page: str) -> None:
    vues: list[str] = []
    event.listen(db.engine, "before_cursor_execute", listener := lambda *a: vues.append(a[2]))
    try:
        client.get(page)
    finally:
        event.remove(db.engine, "before_cursor_execute", listener)
    assert len([une for une in vues if une != "BEGIN"]) <= 8, vues


def test_la_definition_dit_ce_qui_deplace_une_date(client: Any) -> None:
    page = client.get("/meteo/definition").text
    assert "Répondre ne fait jamais baisser la météo" in page
    for acte in ("transférer la fiche", "un responsable de plus", "la rouvrir", "plus d’actualité"):
        assert acte in page
    assert "parmi" not in page
