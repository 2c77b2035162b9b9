"""Merge two fiches and separate them: what changes, what stays, what is refused."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from devtools.factories import LONGUE, Monde, make_brouillon
from mse.core.cache import clear_caches
from mse.core.clock import today
from mse.core.errors import DonneeInvalide, Interdit, TransitionInterdite
from mse.depot.use_cases.deposer import deposer_fiche
from mse.doublons.models import Fusion
from mse.doublons.use_cases.reunir import reunir, separer
from mse.extensions import db
from mse.fiches.models import Etape, Fiche
from mse.fiches.use_cases.traiter import repondre_saisine
from mse.meteo.queries.faits import list_presences
from mse.meteo.queries.periodes import Periode, get_lignees
from mse.moderation.use_cases import retirer_fiche
from mse.recherche.use_cases import index_due
from mse.soutiens.use_cases import soutenir
from tests.fiches.test_lire import counted

pytestmark = pytest.mark.usefixtures("jour")

RAISON = "Elle contient des informations personnelles."


def file_another(monde: Monde, titre: str = "Le car arrive trop tard", **champs: Any) -> Fiche:
    """File the same problem, by the delegate of the other promotion."""
    fiche = make_brouillon(monde.autre_promotion, monde.lea, titre=titre, effectif_concerne=8, **champs)
    deposer_fiche(fiche, par=monde.lea)
    return fiche


@pytest.fixture
def autre(monde: Monde) -> Fiche:
    return file_another(monde)


def reload(fiche: Fiche) -> Fiche:
    db.session.expire_all()
    return fiche


def test_l_adresse_du_doublon_mene_a_la_fiche_principale(monde: Monde, autre: Fiche, client: Any) -> None:
    reunir(autre.id, monde.fiche.id, par=monde.animatrice)
    reponse = client.get(f"/fiches/{autre.id}")
    assert reponse.status_code == 302
    page = client.get(reponse.location).text
    assert f"La fiche {autre.id} est réunie à celle-ci" in page
    assert autre.titre in page
    assert (
        "1 autre promotion, 8\u202fpersonnes aussi" in page or "1 autre promotion, 8 personnes aussi" in page
    )
    originale = client.get(f"/fiches/{autre.id}/originale")
    assert originale.status_code == 200
    assert f"Cette fiche est réunie à la fiche {monde.fiche.id}" in originale.text


def test_les_listes_et_les_flux_la_montrent_une_fois(monde: Monde, autre: Fiche, client: Any) -> None:
    assert autre.titre in client.get("/fiches").text
    reunir(autre.id, monde.fiche.id, par=monde.animatrice)
    for adresse in ("/fiches", "/fiches.atom", "/"):
        page = client.get(adresse).text
        assert autre.titre not in page, adresse
    assert monde.fiche.titre in client.get("/fiches").text


def test_separer_rend_tout(monde: Monde, autre: Fiche, client: Any) -> None:
    saisines = [(s.id, s.acteur_id, s.reponse_due, s.statut) for s in autre.saisines]
    reunir(autre.id, monde.fiche.id, par=monde.animatrice)
    separer(autre.id, par=monde.animatrice)
    reload(autre)
    assert (autre.reunie_a_id, monde.fiche.nombre_soutiens, monde.fiche.personnes_aussi) == (None, 0, 0)
    assert [(s.id, s.acteur_id, s.reponse_due, s.statut) for s in autre.saisines] == saisines
    assert client.get(f"/fiches/{autre.id}").status_code == 200
    assert autre.titre in client.get("/fiches").text
    separer(autre.id, par=monde.animatrice)  # a second click
    assert db.session.scalar(select(func.count()).select_from(Fusion)) == 1


def test_trois_clics_reunissent_une_fois(monde: Monde, autre: Fiche) -> None:
    for _clic in range(3):
        reunir(autre.id, monde.fiche.id, par=monde.animatrice)
    assert db.session.scalar(select(func.count()).select_from(Fusion)) == 1
    lignes = select(func.count()).select_from(Etape).where(Etape.nature == "reunion")
    assert db.session.scalar(lignes) == 2


def test_une_chaine_se_reunit_et_se_defait_dans_tout_ordre(monde: Monde, autre: Fiche) -> None:
    troisieme = file_another(monde, "Le car de huit heures est en retard")
    reunir(troisieme.id, autre.id, par=monde.animatrice)
    reunir(autre.id, monde.fiche.id, par=monde.animatrice)
    reload(monde.fiche)
    assert (autre.reunie_a_id, troisieme.reunie_a_id) == (monde.fiche.id, monde.fiche.id)
    assert (monde.fiche.nombre_reunies, autre.nombre_reunies) == (2, 0)
    separer(autre.id, par=monde.animatrice)
    reload(monde.fiche)
    assert (autre.reunie_a_id, troisieme.reunie_a_id) == (None, autre.id)
    assert (monde.fiche.nombre_reunies, autre.nombre_reunies) == (0, 1)
    reunir(autre.id, monde.fiche.id, par=monde.animatrice)
    separer(troisieme.id, par=monde.animatrice)
    reload(monde.fiche)
    assert (autre.reunie_a_id, troisieme.reunie_a_id) == (monde.fiche.id, None)


def test_ce_qui_est_refuse(monde: Monde, autre: Fiche) -> None:
    with pytest.raises(DonneeInvalide, match="la même fiche"):
        reunir(autre.id, autre.id, par=monde.animatrice)
    with pytest.raises(Interdit):
        reunir(autre.id, monde.fiche.id, par=monde.admin)
    reunir(autre.id, monde.fiche.id, par=monde.animatrice)
    with pytest.raises(TransitionInterdite, match="déjà réunie"):
        reunir(monde.fiche.id, autre.id, par=monde.animatrice)
    troisieme = file_another(monde, "Le car de huit heures est en retard")
    with pytest.raises(TransitionInterdite, match="déjà réunie"):
        reunir(troisieme.id, autre.id, par=monde.animatrice)
    with pytest.raises(TransitionInterdite, match="déjà réunie"):
        reunir(autre.id, troisieme.id, par=monde.animatrice)


@pytest.mark.parametrize("publique_d_abord", [True, False])
def test_une_fiche_retiree_ne_se_reunit_pas(monde: Monde, autre: Fiche, publique_d_abord: bool) -> None:
    retirer_fiche(autre, RAISON, par=monde.animatrice)
    paire = (monde.fiche.id, autre.id) if publique_d_abord else (autre.id, monde.fiche.id)
    with pytest.raises((TransitionInterdite, Interdit)):
        reunir(*paire, par=monde.animatrice)


@pytest.mark.parametrize("retiree", ["principale", "doublon"])
def test_retirer_une_fiche_reunie_les_separe(monde: Monde, autre: Fiche, client: Any, retiree: str) -> None:
    reunir(autre.id, monde.fiche.id, par=monde.animatrice)
    partie, reste = (monde.fiche, autre) if retiree == "principale" else (autre, monde.fiche)
    retirer_fiche(db.session.get_one(Fiche, partie.id), RAISON, par=monde.animatrice)
    reload(autre)
    assert (autre.reunie_a_id, monde.fiche.nombre_reunies) == (None, 0)
    assert client.get(f"/fiches/{partie.id}").status_code == 410
    assert client.get(f"/fiches/{reste.id}").status_code == 200


def test_les_soutiens_s_ajoutent_une_fois_par_promotion(monde: Monde, autre: Fiche) -> None:
    soutenir(monde.fiche, promotion_id=monde.autre_promotion.id, personnes=6, par=monde.lea)
    reload(monde.fiche)
    assert (monde.fiche.nombre_soutiens, monde.fiche.personnes_aussi) == (1, 6)
    reunir(autre.id, monde.fiche.id, par=monde.animatrice)
    reload(monde.fiche)
    assert (monde.fiche.nombre_soutiens, monde.fiche.personnes_aussi) == (1, 8)
    separer(autre.id, par=monde.animatrice)
    reload(monde.fiche)
    assert (monde.fiche.nombre_soutiens, monde.fiche.personnes_aussi) == (1, 6)


def test_la_page_d_un_groupe_ne_coute_pas_plus_de_requetes(monde: Monde, client: Any) -> None:
    doublons = [file_another(monde, f"Le car numéro {n} arrive trop tard").id for n in range(4)]
    reunir(doublons[0], monde.fiche.id, par=monde.animatrice)
    page = f"/fiches/{monde.fiche.id}"
    client.get(page)
    with counted() as une:
        client.get(page)
    for doublon in doublons[1:]:
        reunir(doublon, monde.fiche.id, par=monde.animatrice)
    with counted() as quatre:
        assert client.get(page).text.count("Le car numéro") >= 4
    assert len(quatre) == len(une)


def test_la_liste_d_un_responsable_ou_d_un_territoire_garde_le_doublon(monde: Monde, client: Any) -> None:
    """The other promotion is in Nice, with another owner: its list would lose the problem."""
    autre = file_another(monde, destinataires=[monde.remuneration.id])
    reunir(autre.id, monde.fiche.id, par=monde.animatrice)
    for filtre, attendus in (
        ("?territoire=06", [autre.titre]),
        ("?territoire=13", [monde.fiche.titre]),
        ("?territoire=93", [monde.fiche.titre]),
        (f"?acteur={monde.remuneration.id}", [autre.titre]),
        (f"?acteur={monde.transports.id}", [monde.fiche.titre]),
    ):
        page = client.get(f"/fiches{filtre}").text
        assert [t for t in (monde.fiche.titre, autre.titre) if t in page] == attendus, filtre


def test_un_filtre_montre_chaque_groupe_une_fois(monde: Monde, client: Any) -> None:
    """Two merged fiches of Nice, one with another thème: each list shows one fiche of the group."""
    autres = [
        file_another(monde, titre, theme=theme)
        for titre, theme in (
            ("Pas de car", "transport"),
            ("Car complet", "transport"),
            ("Car cher", "remuneration"),
        )
    ]
    for autre in autres:
        reunir(autre.id, monde.fiche.id, par=monde.animatrice)
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    titres = [monde.fiche.titre, *(autre.titre for autre in autres)]
    for filtre, attendu in (
        ("?territoire=06", "Pas de car"),
        ("?theme=remuneration", "Car cher"),
        ("?theme=remuneration&territoire=06", "Car cher"),
        ("?statut=en_cours", "Pas de car"),
        ("?statut=reponse", monde.fiche.titre),
        (f"?acteur={monde.transports.id}", monde.fiche.titre),
        ("?etat=sans_responsable", None),
    ):
        clear_caches()
        page = client.get(f"/fiches{filtre}").text
        assert [t for t in titres if t in page] == [attendu] * (attendu is not None), filtre


def test_la_recherche_trouve_la_fiche_principale_seule(monde: Monde, autre: Fiche, client: Any) -> None:
    index_due()
    assert f'/fiches/{autre.id}"' in client.get("/recherche?q=car").text
    reunir(autre.id, monde.fiche.id, par=monde.animatrice)
    clear_caches()  # the search caches ids for ten seconds
    assert f'/fiches/{autre.id}"' not in client.get("/recherche?q=car").text
    index_due()
    separer(autre.id, par=monde.animatrice)
    index_due()
    clear_caches()
    assert f'/fiches/{autre.id}"' in client.get("/recherche?q=car").text


def test_la_meteo_compte_chaque_fiche_une_fois(monde: Monde, autre: Fiche) -> None:
    """A merge changes no figure, on the day and later."""

    def figures() -> list[Any]:
        jour = today() + timedelta(days=40)
        periode = Periode(today(), jour, 90, get_lignees())
        presences = list_presences(periode)
        return sorted((str(p.mesure), p.unite, str(list(p.n)), str(list(p.k))) for p in presences)

    avant = figures()
    reunir(autre.id, monde.fiche.id, par=monde.animatrice)
    assert figures() == avant
    separer(autre.id, par=monde.animatrice)
    assert figures() == avant
