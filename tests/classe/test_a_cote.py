"""What the class sends stands beside the field of the draft that it belongs to."""

from typing import Any

from flask import Flask

from devtools.factories import Monde
from mse.classe.use_cases.ouvrir import fermer_classe
from mse.classe.use_cases.reprendre import ecarter_contribution
from mse.classe.workflow import Nature
from mse.depot.brouillons import read_etape
from tests.classe.classe import open_class, send

CAUSES = "Les horaires ont changé en septembre."


def _take(personne: Any, fiche: Any, partie: str, texte: str, reference: object) -> Any:
    version = read_etape(fiche, [partie])["version"]
    return personne.poster(
        f"/fiches/{fiche.id}/brouillon/{partie}", **{partie: texte}, version=version, reprendre=str(reference)
    )


def test_chaque_partie_montre_ce_qui_la_concerne(app: Flask, monde: Monde, as_: Any) -> None:
    fiche, lien = open_class(monde)
    for nature in Nature:
        send(lien, f"Idée : {nature}", nature)
    samira = as_(monde.samira)
    for nature in Nature:
        page = samira.get(f"/fiches/{fiche.id}/brouillon/{nature.partie}").text
        assert [autre for autre in Nature if f"Idée : {autre}" in page] == [nature]
        seule = samira.get(f"/fiches/{fiche.id}/classe/contributions/{nature.partie}").text
        assert f"Idée : {nature}" in seule
    assert "La classe\u202f: " not in samira.get(f"/fiches/{fiche.id}/brouillon/probleme").text
    assert samira.get(f"/fiches/{fiche.id}/classe/contributions/probleme").status_code == 404


def test_une_touche_garde_ce_qui_est_ecrit_puis_reprend(app: Flask, monde: Monde, as_: Any) -> None:
    fiche, lien = open_class(monde)
    contribution = send(lien, "Le car de midi aussi.")
    reponse = _take(as_(monde.samira), fiche, "causes", "Les horaires ont changé deux fois.", contribution.id)
    assert reponse.status_code == 303
    assert reponse.location == f"/fiches/{fiche.id}/brouillon/causes"
    assert fiche.causes == "Les horaires ont changé deux fois.\n\nLe car de midi aussi."
    assert contribution.est_reprise


def test_meme_dans_une_partie_vide(app: Flask, monde: Monde, as_: Any) -> None:
    fiche, lien = open_class(monde, solution="")
    contribution = send(lien, "Un car à 8 h.", Nature.SOLUTION)
    assert _take(as_(monde.samira), fiche, "solution", "", contribution.id).status_code == 303
    assert fiche.solution == "Un car à 8 h."


def test_un_double_clic_reprend_une_fois(app: Flask, monde: Monde, as_: Any) -> None:
    fiche, lien = open_class(monde)
    contribution = send(lien, "Le car de midi aussi.")
    samira, version = as_(monde.samira), read_etape(fiche, ["causes"])["version"]
    for _clic in range(2):
        reponse = samira.poster(
            f"/fiches/{fiche.id}/brouillon/causes",
            causes=f"{CAUSES} Et en mars.",
            version=version,
            reprendre=str(contribution.id),
        )
        assert reponse.status_code == 303
    assert fiche.causes == f"{CAUSES} Et en mars.\n\nLe car de midi aussi."


def test_ce_que_l_autre_deleguee_ecrit_n_est_pas_ecrase(app: Flask, monde: Monde, as_: Any) -> None:
    """Karim takes a text over while Samira types, then she takes another one: both texts are shown."""
    fiche, lien = open_class(monde)
    une, autre = send(lien, "Le car de midi aussi."), send(lien, "La ligne est coupée.")
    ancienne = read_etape(fiche, ["causes"])["version"]
    _take(as_(monde.karim), fiche, "causes", CAUSES, une.id)
    page = as_(monde.samira).poster(
        f"/fiches/{fiche.id}/brouillon/causes",
        causes="Ce que Samira tape.",
        version=ancienne,
        reprendre=str(autre.id),
    )
    assert page.status_code == 409
    assert "Ce que Samira tape." in page.text
    assert "Le car de midi aussi." in page.text
    assert autre.est_recue


def test_une_partie_trop_longue_rend_le_texte(app: Flask, monde: Monde, as_: Any) -> None:
    fiche, lien = open_class(monde)
    contribution = send(lien, "Le car de midi aussi.")
    page = _take(as_(monde.samira), fiche, "causes", "a" * 4_990, contribution.id)
    assert page.status_code == 422
    assert "trop long" in page.text
    assert "a" * 4_990 in page.text
    assert contribution.est_recue


def test_une_reference_inventee(app: Flask, monde: Monde, as_: Any) -> None:
    fiche, _lien = open_class(monde)
    _autre, ailleurs = open_class(monde)
    for reference in ("", "0", "abc", "9" * 30, "\x00", send(ailleurs, "Ailleurs").id):
        assert _take(as_(monde.samira), fiche, "causes", CAUSES, reference).status_code == 404
    assert fiche.causes == CAUSES


def test_lien_ferme_et_rien_a_lire_rien_n_est_montre(app: Flask, monde: Monde, as_: Any) -> None:
    fiche, lien = open_class(monde)
    contribution, samira = send(lien, "Le car de midi aussi."), as_(monde.samira)
    ici = f"/fiches/{fiche.id}/brouillon/causes"
    fermer_classe(fiche, par=monde.samira)
    page = samira.get(ici).text
    assert "Le car de midi aussi." in page
    assert "data-contributions" not in page
    ecarter_contribution(contribution, par=monde.samira)
    assert "de-la-classe" not in samira.get(ici).text
