"""Find fiches by their words."""

from typing import Any

import pytest

from devtools.factories import Monde, make_fiche
from mse.fiches.use_cases import traiter
from mse.moderation.use_cases import masquer_etape, retirer_fiche
from mse.recherche.queries.resultats import EACH
from mse.recherche.use_cases import reindex
from tests.recherche.chercher import found

pytestmark = pytest.mark.usefixtures("jour")


@pytest.mark.parametrize("mots", ["cantine", "CANTINE", "les cantines", "l’cantine", "canti", "cantime"])
def test_un_mot_se_trouve_sous_toutes_ses_formes(monde: Monde, client: Any, mots: str) -> None:
    make_fiche(monde.promotion, monde.samira, monde.transports, titre="La cantine ferme trop tôt")
    make_fiche(monde.promotion, monde.samira, monde.transports, titre="Des ordinateurs trop vieux")
    assert found(client, mots) == ["La cantine ferme trop tôt"]


def test_une_fiche_retiree_disparait_avant_meme_d_etre_desindexee(monde: Monde, client: Any) -> None:
    fiche = make_fiche(monde.promotion, monde.samira, monde.transports, titre="La cantine ferme trop tôt")
    assert found(client, "cantine") == ["La cantine ferme trop tôt"]
    retirer_fiche(fiche, "Elle nomme une personne.", par=monde.animatrice)
    assert "ferme trop tôt" not in client.get("/recherche?q=cantine").text
    assert found(client, "cantine") == []


def test_les_resultats_se_filtrent_et_se_trient(monde: Monde, client: Any) -> None:
    petite = {"titre": "La cantine ferme trop tôt", "effectif_concerne": 3}
    grande = {"titre": "Le car ne passe plus", "probleme": "Il dessert la cantine.", "effectif_concerne": 40}
    make_fiche(monde.promotion, monde.samira, monde.transports, theme="restauration", **petite)
    make_fiche(monde.promotion, monde.samira, monde.transports, **grande)
    assert found(client, "cantine") == [petite["titre"], grande["titre"]]
    assert found(client, "cantine", tri="personnes") == [grande["titre"], petite["titre"]]
    assert found(client, "cantine", theme="restauration") == [petite["titre"]]
    assert found(client, "cantine", genre="initiative") == []
    assert client.get("/recherche?q=cantine&theme=rien").status_code == 422


def test_une_reponse_masquee_ne_se_trouve_plus(monde: Monde, client: Any) -> None:
    prendre_en_charge_puis_repondre(monde)
    assert found(client, "trottinette") == [monde.fiche.titre]
    [etape] = [une for une in monde.fiche.etapes if une.nature == "reponse"]
    masquer_etape(etape, "Il nomme une personne.", par=monde.animatrice)
    assert client.get("/recherche?q=trottinette").text.count("trottinette") == len(["titre", "h1", "champ"])
    assert found(client, "trottinette") == []


def prendre_en_charge_puis_repondre(monde: Monde) -> None:
    texte = "Nous prêtons une trottinette à chaque stagiaire de la promotion, dès lundi prochain."
    traiter.repondre_saisine(monde.saisine, texte, par=monde.agent)


LONGS = ["x" * 10_000, "a" * 190, "car " * 50]
SIGNES = ["", " ", "\x00", "le la", "🙂", "'\"*", "(car", "car AND", "titre:car", "-car", "%_\\", "c:*|&!"]


@pytest.mark.parametrize("mots", LONGS + SIGNES)
def test_aucune_saisie_ne_casse_la_page(monde: Monde, client: Any, mots: str) -> None:
    found(client, mots)
    assert (
        client.get("/recherche", query_string={"q": mots, "apres": "0-5", "tri": "date"}).status_code == 200
    )


def test_le_texte_trouve_reste_du_texte(monde: Monde, client: Any) -> None:
    titre = 'La <b>cantine</b> & le "reste"'
    make_fiche(monde.promotion, monde.samira, monde.transports, titre=titre)
    assert found(client, "cantine") == [titre]
    assert "&lt;b&gt;<mark>cantine</mark>&lt;/b&gt; &amp;" in client.get("/recherche?q=cantine").text


def test_tout_se_reindexe_d_une_commande(monde: Monde, client: Any) -> None:
    make_fiche(monde.promotion, monde.samira, monde.transports, titre="La cantine ferme trop tôt")
    assert found(client, "cantine")
    faits: list[int] = []
    reindex(faits.append)
    assert faits[-1] == 2 + 4  # fiches, acteurs
    assert found(client, "cantine") == ["La cantine ferme trop tôt"]


def test_trop_de_recherches_attendent_une_minute(monde: Monde, client: Any) -> None:
    """The same search again is read from the cache and counts for nothing."""
    statuts = [client.get(f"/recherche?q=mot{rang}").status_code for rang in range(EACH + 1)]
    assert (statuts[-2], statuts[-1]) == (200, 429)
    assert client.get(f"/recherche?q=mot{EACH - 1}").status_code == 200
