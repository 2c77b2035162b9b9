"""The poster of a fiche, and the fiche with its history: page and PDF."""

from typing import Any

import pytest

from devtools.factories import LONGUE, Monde
from mse.avis.use_cases import donner_avis
from mse.fiches.api import Valeur
from mse.fiches.use_cases.traiter import repondre_saisine
from mse.impressions.use_cases import imprimer
from mse.moderation.use_cases import masquer_etape, retirer_fiche

CANARI = "CANARI-MASQUE : le service nomme une personne dans cette réponse, ce qu’il ne devait pas faire."
pytestmark = pytest.mark.usefixtures("jour")


def test_l_affiche_dit_le_probleme_la_reponse_et_l_avis(monde: Monde, as_: Any) -> None:
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    donner_avis(monde.saisine, Valeur.OUI, "", par=monde.samira)
    page = as_(None).get(f"/fiches/{monde.fiche.id}/affiche").text
    for mot in (monde.fiche.titre, "Le car arrive à 8 h 42", "Service Cars régionaux", "16 h 50", "a aidé"):
        assert mot in page
    assert "<svg" in page
    assert f"/fiches/{monde.fiche.id}</strong>" in page


def test_l_histoire_dit_tout_ce_qui_est_public_et_rien_d_autre(monde: Monde, as_: Any) -> None:
    repondre_saisine(monde.saisine, CANARI, par=monde.agent)
    masquer_etape(monde.fiche.etapes[-1], "Une personne était nommée.", par=monde.animatrice)
    for compte in (None, monde.animatrice, monde.samira):
        page = as_(compte).get(f"/fiches/{monde.fiche.id}/histoire").text
        assert "Une personne était nommée." in page
        assert "CANARI" not in page
        assert "Les horaires ont changé en septembre." in page
        assert "Samira" not in page
    assert "CANARI" not in as_(None).get(f"/fiches/{monde.fiche.id}/affiche").text


@pytest.mark.parametrize("forme", ["affiche", "histoire"])
def test_le_pdf_public_se_prepare_puis_se_telecharge(monde: Monde, as_: Any, forme: str) -> None:
    visiteur, page = as_(None), f"/fiches/{monde.fiche.id}/{forme}"
    assert visiteur.get(f"{page}.pdf").status_code == 404
    assert visiteur.poster(page).status_code == 303
    imprimer()
    assert as_(monde.lea).get(f"{page}.pdf").data.startswith(b"%PDF-")
    retirer_fiche(monde.fiche, "Cette fiche nommait une personne.", par=monde.animatrice)
    assert as_(monde.lea).get(f"{page}.pdf").status_code == 410


def test_une_forme_inconnue_n_existe_pas(monde: Monde, as_: Any) -> None:
    assert as_(None).get(f"/fiches/{monde.fiche.id}/poeme").status_code == 404
