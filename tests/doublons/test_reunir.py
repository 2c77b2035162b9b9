"""Merge two fiches and separate them: what changes, what stays, what is refused."""

from typing import Any

import pytest
from sqlalchemy import func, select

from devtools.factories import Monde, make_brouillon
from mse.core.errors import DonneeInvalide, Interdit, TransitionInterdite
from mse.depot.use_cases.deposer import deposer_fiche
from mse.doublons.models import Fusion
from mse.doublons.use_cases.reunir import reunir, separer
from mse.extensions import db
from mse.fiches.models import Etape, Fiche
from mse.moderation.use_cases import retirer_fiche
from mse.soutiens.use_cases import soutenir

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
