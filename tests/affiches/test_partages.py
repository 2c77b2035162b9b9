"""The picture of a shared link: what is public, and nothing else."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from devtools.factories import LONGUE, Monde, make_brouillon
from mse.affiches import dessin
from mse.affiches.queries.partages import get_partage
from mse.fiches.use_cases.traiter import repondre_saisine
from mse.moderation.use_cases import retirer_fiche
from mse.reperes.use_cases.finir import retirer_repere
from tests.reperes.reperes import make_brouillon as make_ebauche
from tests.reperes.reperes import make_repere

pytestmark = pytest.mark.usefixtures("jour")


def adresse(monde: Monde) -> str:
    return f"/partage/fiches/{monde.fiche.id}.png"


def test_une_image_de_la_bonne_taille_gardee_en_cache(monde: Monde, as_: Any) -> None:
    visiteur = as_(None)
    reponse = visiteur.get(adresse(monde))
    assert reponse.mimetype == "image/png"
    assert Image.open(BytesIO(reponse.data)).size == (1200, 630)
    assert reponse.headers["Cache-Control"] == "public, max-age=300"
    encore = visiteur.get(adresse(monde), headers={"If-None-Match": reponse.headers["ETag"]})
    assert (encore.status_code, encore.data) == (304, b"")
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    assert visiteur.get(adresse(monde)).headers["ETag"] != reponse.headers["ETag"]


def test_la_page_nomme_son_image_par_une_adresse_entiere(monde: Monde, as_: Any) -> None:
    page = as_(None).get(f"/fiches/{monde.fiche.id}").text
    assert f'<meta property="og:title" content="{monde.fiche.titre}">' in page
    assert f'content="http://localhost{adresse(monde)}"' in page or f'{adresse(monde)}">' in page
    assert 'name="twitter:card" content="summary_large_image"' in page


def test_une_fiche_retiree_n_a_plus_d_image(monde: Monde, as_: Any) -> None:
    retirer_fiche(monde.fiche, "Cette fiche nommait une personne.", par=monde.animatrice)
    assert as_(monde.animatrice).get(adresse(monde)).status_code == 410
    page = as_(monde.animatrice).get(f"/fiches/{monde.fiche.id}").text
    assert "og:" not in page
    assert get_partage(None, "fiches", str(monde.fiche.id)).carte is None  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "reference", ["fiches/0", "fiches/é", "fiches/99999999999", "fiches/-1", "fiches/x", "rien/1", "meteo/99"]
)
def test_ce_qui_n_existe_pas_est_introuvable(monde: Monde, as_: Any, reference: str) -> None:
    assert as_(None).get(f"/partage/{reference}.png").status_code == 404


def test_un_brouillon_n_a_pas_d_image_meme_pour_son_auteur(monde: Monde, as_: Any) -> None:
    brouillon = make_brouillon(monde.promotion, monde.samira)
    assert as_(monde.samira).get(f"/partage/fiches/{brouillon.id}.png").status_code == 404


def test_un_repere_a_son_titre_et_son_image(monde: Monde, as_: Any) -> None:
    repere, visiteur = make_repere(monde), as_(None)
    page, image = visiteur.get(f"/reperes/{repere.id}").text, f"/partage/reperes/{repere.id}.png"
    assert f'<meta property="og:title" content="{repere.titre}">' in page
    assert f'{image}">' in page
    avant = visiteur.get(image)
    assert avant.mimetype == "image/png"
    retirer_repere(repere, "Le règlement a changé au premier janvier.", par=monde.agent)
    apres = visiteur.get(image)
    assert apres.status_code == 200
    assert apres.headers["ETag"] != avant.headers["ETag"]


def test_l_ebauche_d_un_repere_n_a_pas_d_image_meme_pour_son_auteur(monde: Monde, as_: Any) -> None:
    ebauche = make_ebauche(monde)
    agent = as_(monde.agent)
    assert agent.get(f"/partage/reperes/{ebauche.id}.png").status_code == 404
    assert "og:title" not in agent.get(f"/reperes/{ebauche.id}").text


def test_sans_police_il_n_y_a_pas_d_image(monde: Monde, as_: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mse.affiches.views.partager.can_draw", lambda: False)
    assert as_(None).get(adresse(monde)).status_code == 404


def test_un_titre_tient_toujours_dans_l_image() -> None:
    for titre in ("Court", "mot " * 30, "x" * 120, "Où\u202f? «\u202fIci\u202f» " * 9):
        police, lignes = dessin._wrap_title(titre.strip())
        assert len(lignes) * police.size * 1.24 < 320
        assert all(police.getlength(ligne) <= dessin._COLONNE for ligne in lignes)
