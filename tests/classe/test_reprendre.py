"""The delegates take contributions over."""

from typing import Any

import pytest
from flask import Flask

from devtools.factories import Monde
from mse.classe.use_cases.reprendre import (
    ecarter_contribution,
    remettre_contribution,
    reprendre_contribution,
)
from mse.classe.workflow import Nature
from mse.core.errors import Conflit, DonneeInvalide, Interdit, TransitionInterdite
from mse.depot.brouillons import read_etape
from mse.depot.use_cases.deposer import deposer_fiche, ecrire_brouillon
from tests.classe.classe import open_class, send

CAUSES = "Les horaires ont changé en septembre."


def test_reprendre_ajoute_a_la_fin_de_la_bonne_partie(app: Flask, monde: Monde) -> None:
    fiche, lien = open_class(monde)
    for nature in Nature:
        reprendre_contribution(send(lien, f"Idée : {nature}", nature), par=monde.karim)
    assert fiche.causes == f"{CAUSES}\n\nIdée : cause"
    assert fiche.consequences.endswith("\n\nIdée : consequence")
    assert fiche.solution.endswith("\n\nIdée : solution")
    assert "<p>Idée : cause</p>" in fiche.causes_html


def test_reprendre_deux_fois_ajoute_une_fois(app: Flask, monde: Monde) -> None:
    fiche, lien = open_class(monde)
    contribution = send(lien, "Le car de midi aussi.")
    for personne in (monde.samira, monde.karim):
        reprendre_contribution(contribution, par=personne)
    assert fiche.causes == f"{CAUSES}\n\nLe car de midi aussi."


def test_dans_une_partie_vide_le_texte_est_seul(app: Flask, monde: Monde) -> None:
    fiche, lien = open_class(monde, causes="")
    reprendre_contribution(send(lien, "Le car ne passe plus."), par=monde.samira)
    assert fiche.causes == "Le car ne passe plus."


def test_modifier_avant_de_reprendre(app: Flask, monde: Monde, as_: Any) -> None:
    fiche, lien = open_class(monde)
    contribution = send(lien, "le car y passe pu")
    ici = f"/fiches/{fiche.id}/classe/{contribution.id}"
    assert as_(monde.samira).poster(ici, texte="Le car ne passe plus.").status_code == 303
    assert fiche.causes.endswith("\n\nLe car ne passe plus.")
    assert contribution.texte == "le car y passe pu"


def test_ce_qui_se_tape_n_est_jamais_ecrase(app: Flask, monde: Monde, as_: Any) -> None:
    """Karim takes a text over while Samira types in the same part: her text comes back to her."""
    fiche, lien = open_class(monde)
    contribution = send(lien, "Le car de midi aussi.")
    version = str(read_etape(fiche, ["causes"])["version"])
    reprendre_contribution(contribution, par=monde.karim)
    with pytest.raises(Conflit):
        ecrire_brouillon(fiche, par=monde.samira, lue=version, causes="Ce que Samira tape.")
    page = as_(monde.samira).poster(
        f"/fiches/{fiche.id}/brouillon/causes", causes="Ce que Samira tape.", version=version
    )
    assert page.status_code == 409
    assert "Ce que Samira tape." in page.text
    assert "Le car de midi aussi." in page.text


def test_une_partie_trop_longue_ne_prend_plus_rien(app: Flask, monde: Monde) -> None:
    fiche, lien = open_class(monde, causes="a" * 4_990)
    contribution = send(lien, "Le car de midi aussi.")
    with pytest.raises(DonneeInvalide, match="trop long"):
        reprendre_contribution(contribution, par=monde.samira)
    assert contribution.est_recue
    assert len(fiche.causes) == 4_990


def test_mettre_de_cote_et_remettre(app: Flask, monde: Monde, as_: Any) -> None:
    fiche, lien = open_class(monde)
    contribution = send(lien, "Le car de midi aussi.")
    ecarter_contribution(contribution, par=monde.karim)
    page = as_(monde.samira).get(f"/fiches/{fiche.id}/classe").text
    assert "0 contribution à lire" in page
    assert "1 mise de côté" in page
    remettre_contribution(contribution, par=monde.samira)
    assert contribution.est_recue


def test_apres_le_depot_plus_rien_ne_bouge(app: Flask, monde: Monde) -> None:
    fiche, lien = open_class(monde)
    contribution = send(lien)
    deposer_fiche(fiche, par=monde.samira)
    with pytest.raises(TransitionInterdite):
        reprendre_contribution(contribution, par=monde.samira)
    with pytest.raises(TransitionInterdite):
        ecarter_contribution(contribution, par=monde.samira)


def test_les_autres_ne_reprennent_rien(app: Flask, monde: Monde, as_: Any) -> None:
    fiche, lien = open_class(monde)
    contribution = send(lien, "CANARI-IDEE")
    for personne in (monde.lea, monde.ancienne, monde.agent, monde.animatrice, monde.admin):
        with pytest.raises(Interdit):
            reprendre_contribution(contribution, par=personne)
        page = as_(personne).get(f"/fiches/{fiche.id}/classe")
        assert (page.status_code, "CANARI-IDEE" in page.text) == (404, False)
